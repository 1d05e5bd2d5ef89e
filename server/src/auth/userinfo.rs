//! Asks the user endpoint whose token it is. gn-auth's answer and OpenID Connect's are both understood.

use super::client::limited_body;
use super::endpoints::EndpointSource;
use super::profile::Profile;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::config::EmailTrust;
use async_trait::async_trait;
use http::{StatusCode, header};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// An HTTP client for talking to the auth server: it follows no redirect, because a redirect would
/// carry the token elsewhere, and gives up in time for our own answer within three seconds.
///
/// # Errors
/// When TLS cannot be set up.
pub fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(1))
        .timeout(Duration::from_secs(2))
        // Servers let go of idle connections soon, gunicorn after two seconds. A request on one that is being closed fails, and
        // an authorization code must not be sent twice.
        .pool_idle_timeout(Duration::from_secs(1))
        .build()
}

/// Validation by the user endpoint.
pub struct UserInfo {
    endpoints: Arc<EndpointSource>,
    http: reqwest::Client,
    trust: EmailTrust,
}

/// Body of a refusal (RFC 6749, section 5.2).
#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

impl UserInfo {
    /// Asks the user endpoint that `endpoints` names.
    pub fn new(endpoints: Arc<EndpointSource>, http: reqwest::Client, trust: EmailTrust) -> Self {
        Self {
            endpoints,
            http,
            trust,
        }
    }
}

#[async_trait]
impl TokenValidator for UserInfo {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let endpoint = self.endpoints.get().await?.user.clone();
        let request = self.http.get(endpoint).bearer_auth(token.expose());
        let answer = request
            .header(header::ACCEPT, "application/json")
            .send()
            .await
            .map_err(|_| Unavailable::NoAnswer)?;
        match answer.status() {
            StatusCode::OK => {
                let body = limited_body(answer).await?.ok_or(Unavailable::NotAUser)?;
                let profile: Profile =
                    serde_json::from_slice(&body).map_err(|_| Unavailable::NotAUser)?;
                let user = profile.user(self.trust).ok_or(Unavailable::NotAUser)?;
                Ok(Verified {
                    user,
                    expires_at: token.expiry_hint(),
                })
            }
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                let body = limited_body(answer).await?.ok_or(Unavailable::NotAUser)?;
                Err(refused(&serde_json::from_slice(&body).unwrap_or_default()))
            }
            status if status.is_redirection() => Err(Unavailable::Redirect.into()),
            status => Err(Unavailable::Status(status.as_u16()).into()),
        }
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        let endpoint = self.endpoints.get().await?.user.clone();
        // Without a token any answer will do: the endpoint is there.
        let answer = self
            .http
            .get(endpoint)
            .send()
            .await
            .map_err(|_| Unavailable::NoAnswer)?;
        let status = answer.status();
        if status.is_server_error() {
            Err(Unavailable::Status(status.as_u16()))
        } else {
            Ok(())
        }
    }
}

fn refused(refusal: &Refusal) -> AuthError {
    if refusal.error == "insufficient_scope" {
        AuthError::InsufficientScope
    } else if refusal.error == "expired_token" || refusal.error_description.contains("expired") {
        AuthError::Expired
    } else {
        AuthError::Rejected
    }
}
