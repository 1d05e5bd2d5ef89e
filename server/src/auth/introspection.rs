//! Asks the introspection endpoint (RFC 7662).

use super::claims::{Claims, Completion};
use super::client::AuthServerClient;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use async_trait::async_trait;
use serde::Deserialize;

/// Validation by the introspection endpoint.
pub struct Introspection {
    client: AuthServerClient,
    audience: String,
    completion: Completion,
}

#[derive(Deserialize)]
struct Answer {
    active: bool,
    aud: Option<Audience>,
    client_id: Option<String>,
    #[serde(flatten)]
    claims: Claims,
}

#[derive(Deserialize)]
struct Activity {
    active: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Introspection {
    /// Asks as this client, for tokens of this audience.
    pub(super) fn new(client: AuthServerClient, audience: String, completion: Completion) -> Self {
        Self {
            client,
            audience,
            completion,
        }
    }

    async fn ask(&self, token: &str) -> Result<Vec<u8>, Unavailable> {
        let answer = self.client.introspect(token).await?;
        // 401 and 403 are about us, not about the token (RFC 7662, section 2.3).
        if answer.status.is_success() {
            Ok(answer.body)
        } else {
            Err(Unavailable::Status(answer.status.as_u16()))
        }
    }

    /// A token that another client was given is not for us, even if the server does not say for whom it is.
    fn is_for_us(&self, answer: &Answer) -> bool {
        match &answer.aud {
            Some(Audience::One(one)) => *one == self.audience,
            Some(Audience::Several(several)) => several.contains(&self.audience),
            None => answer
                .client_id
                .as_deref()
                .is_none_or(|client| client == self.client.id()),
        }
    }
}

#[async_trait]
impl TokenValidator for Introspection {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let body = self.ask(token.expose()).await?;
        let not_one = |_| AuthError::from(Unavailable::NotIntrospection);
        let Activity { active } = serde_json::from_slice(&body).map_err(not_one)?;
        if !active {
            return Err(AuthError::Rejected);
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(not_one)?;
        if !(answer.active && self.is_for_us(&answer)) {
            return Err(AuthError::Rejected);
        }
        self.completion.of(answer.claims, token).await
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        // No token at all is not active; what counts is that it is an answer.
        let body = self.ask("readiness").await?;
        serde_json::from_slice::<Activity>(&body)
            .map(drop)
            .map_err(|_| Unavailable::NotIntrospection)
    }
}
