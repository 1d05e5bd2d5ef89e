//! Validates tokens at the user endpoint. Understands the responses of gn-auth and OpenID Connect.

use super::client::limited_body;
use super::endpoints::EndpointSource;
use super::profile::Profile;
use super::refusal::{OauthErrorBody, refused, refused_by_server_error};
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::config::EmailTrust;
use async_trait::async_trait;
use http::{StatusCode, header};
use std::sync::Arc;
use std::time::Duration;

/// The HTTP client for the auth server. It follows no redirect, which could carry a token
/// elsewhere. Its timeouts allow this server to respond within three seconds.
pub fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(1))
        .timeout(Duration::from_secs(2))
        // Servers close idle connections soon, gunicorn after two seconds. A request on a closing
        // connection fails, and an authorization code must not be sent twice.
        .pool_idle_timeout(Duration::from_secs(1))
        .build()
}

pub struct UserInfoValidator {
    pub(super) endpoints: Arc<EndpointSource>,
    pub(super) http: reqwest::Client,
    pub(super) trust: EmailTrust,
}

impl UserInfoValidator {
    /// Sends a request as GN2 does: gn-auth answers errors as JSON only to requests that have the
    /// content type of JSON, although they have no body.
    async fn ask(&self, token: Option<&BearerToken>) -> Result<reqwest::Response, Unavailable> {
        let endpoint = self.endpoints.get().await?.user.clone();
        let mut request = self
            .http
            .get(endpoint)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token.expose());
        }
        request.send().await.map_err(|_| Unavailable::NoAnswer)
    }
}

#[async_trait]
impl TokenValidator for UserInfoValidator {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let response = self.ask(Some(token)).await?;
        match response.status() {
            StatusCode::OK => {
                let body = limited_body(response).await?.ok_or(Unavailable::NotAUser)?;
                let profile: Profile =
                    serde_json::from_slice(&body).map_err(|_| Unavailable::NotAUser)?;
                if profile.is_contradictory() {
                    return Err(AuthError::Rejected);
                }
                let user = profile.user(self.trust).ok_or(Unavailable::NotAUser)?;
                Ok(Verified {
                    user,
                    expires_at: token.expiry_hint(),
                })
            }
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                let body = limited_body(response).await?.ok_or(Unavailable::NotAUser)?;
                Err(refused(&OauthErrorBody::read(&body)))
            }
            status @ StatusCode::INTERNAL_SERVER_ERROR => {
                let body = limited_body(response).await?.unwrap_or_default();
                let outage = || Unavailable::Status(status.as_u16()).into();
                Err(refused_by_server_error(&OauthErrorBody::read(&body)).unwrap_or_else(outage))
            }
            status if status.is_redirection() => Err(Unavailable::Redirect.into()),
            status => Err(Unavailable::Status(status.as_u16()).into()),
        }
    }

    /// Any response shows that the endpoint can be reached: gn-auth of 2025 answers a request
    /// without a token with 500.
    async fn reachable(&self) -> Result<(), Unavailable> {
        self.ask(None).await.map(drop)
    }
}
