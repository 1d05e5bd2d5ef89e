//! Asks the user endpoint whose token it is. gn-auth's answer and OpenID Connect's are both understood.

use super::client::limited_body;
use super::endpoints::EndpointSource;
use super::token::BearerToken;
use super::user::VerifiedUser;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::config::EmailTrust;
use async_trait::async_trait;
use http::{StatusCode, header};
use serde::Deserialize;
use shared::api::Group;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

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
        .build()
}

/// Validation by the user endpoint.
pub struct UserInfo {
    endpoints: Arc<EndpointSource>,
    http: reqwest::Client,
    trust: EmailTrust,
}

/// Both shapes of an answer: gn-auth names the account `user_id`, OpenID Connect `sub`.
#[derive(Deserialize)]
struct Answer {
    user_id: Option<Uuid>,
    sub: Option<String>,
    email: String,
    email_verified: Option<bool>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    group: GroupAnswer,
}

/// gn-auth answers `false` for "no group".
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum GroupAnswer {
    Some {
        group_id: String,
        group_name: String,
    },
    Other(serde::de::IgnoredAny),
    #[default]
    Absent,
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

    /// `None` for an answer that names no account by a UUID: owners are UUIDs.
    fn user(&self, answer: Answer) -> Option<VerifiedUser> {
        let user_id = answer
            .user_id
            .or_else(|| Uuid::parse_str(&answer.sub?).ok())?;
        Some(VerifiedUser {
            user_id,
            email_verified: match self.trust {
                EmailTrust::Claim => answer.email_verified == Some(true),
                EmailTrust::Issuer => answer.email_verified != Some(false),
            },
            name: answer.name.unwrap_or_else(|| answer.email.clone()),
            email: answer.email,
            group: match answer.group {
                GroupAnswer::Some {
                    group_id,
                    group_name,
                } => Some(Group {
                    id: group_id,
                    name: group_name,
                }),
                GroupAnswer::Other(_) | GroupAnswer::Absent => None,
            },
        })
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
                let answer = serde_json::from_slice(&body).map_err(|_| Unavailable::NotAUser)?;
                let user = self.user(answer).ok_or(Unavailable::NotAUser)?;
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
