//! Validates tokens at the introspection endpoint (RFC 7662).

use super::claims::{Claims, UserResolver};
use super::client::AuthServerClient;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use async_trait::async_trait;
use serde::Deserialize;

pub struct IntrospectionValidator {
    pub(super) client: AuthServerClient,
    pub(super) audience: String,
    pub(super) user_resolver: UserResolver,
}

#[derive(Deserialize)]
struct IntrospectionResponse {
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

impl IntrospectionValidator {
    async fn ask(&self, token: &str) -> Result<Vec<u8>, Unavailable> {
        let response = self.client.introspect(token).await?;
        // 401 and 403 concern this client, not the token (RFC 7662, section 2.3).
        if response.status.is_success() {
            Ok(response.body)
        } else {
            Err(Unavailable::Status(response.status.as_u16()))
        }
    }

    /// Refuses tokens that were issued to another client, even if the server names no audience.
    fn is_for_us(&self, response: &IntrospectionResponse) -> bool {
        match &response.aud {
            Some(Audience::One(one)) => *one == self.audience,
            Some(Audience::Several(several)) => several.contains(&self.audience),
            None => response
                .client_id
                .as_deref()
                .is_none_or(|client| client == self.client.id()),
        }
    }
}

#[async_trait]
impl TokenValidator for IntrospectionValidator {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let body = self.ask(token.expose()).await?;
        let not_one = |_| AuthError::from(Unavailable::NotIntrospection);
        let Activity { active } = serde_json::from_slice(&body).map_err(not_one)?;
        if !active {
            return Err(AuthError::Rejected);
        }
        let response: IntrospectionResponse = serde_json::from_slice(&body).map_err(not_one)?;
        if !(response.active && self.is_for_us(&response)) {
            return Err(AuthError::Rejected);
        }
        self.user_resolver.resolve(response.claims, token).await
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        // An unknown token is not active, but any valid response shows that the endpoint works.
        let body = self.ask("readiness").await?;
        serde_json::from_slice::<Activity>(&body)
            .map(drop)
            .map_err(|_| Unavailable::NotIntrospection)
    }
}
