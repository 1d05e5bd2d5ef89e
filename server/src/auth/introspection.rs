//! Validates tokens at the introspection endpoint (RFC 7662).

use super::claims::{Claims, UserResolver};
use super::client::AuthServerClient;
use super::jwt::LEEWAY;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::clock::now;
use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

pub struct IntrospectionValidator {
    pub(super) client: AuthServerClient,
    /// The expected `iss`, if one is configured.
    pub(super) issuer: Option<Url>,
    pub(super) audience: String,
    pub(super) user_resolver: UserResolver,
}

#[derive(Deserialize)]
struct IntrospectionResponse {
    aud: Option<Audience>,
    client_id: Option<String>,
    iss: Option<String>,
    token_type: Option<String>,
    /// Seconds of Unix time. Some servers send fractions.
    nbf: Option<f64>,
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

    /// Checks what the server states beside `active` (RFC 7662, section 2.2). Members that it
    /// leaves out are its own business.
    fn check(&self, response: &IntrospectionResponse, now: i64) -> Result<(), AuthError> {
        let leeway = i64::from(LEEWAY);
        let expires_at = response.claims.expires_at();
        if expires_at.is_some_and(|at| at.saturating_add(leeway) <= now) {
            return Err(AuthError::Expired);
        }
        let is_too_early = response
            .nbf
            .is_some_and(|at| at > seconds(now.saturating_add(leeway)));
        if is_too_early
            || !self.is_of_our_issuer(response)
            || !is_bearer(response)
            || !self.is_for_us(response)
        {
            return Err(AuthError::Rejected);
        }
        Ok(())
    }

    fn is_of_our_issuer(&self, response: &IntrospectionResponse) -> bool {
        let (Some(issuer), Some(stated)) = (&self.issuer, &response.iss) else {
            return true;
        };
        // Some servers write a URL without a path with a slash, some without.
        stated.trim_end_matches('/') == issuer.as_str().trim_end_matches('/')
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

/// Refresh tokens, and tokens that are bound to a key (`DPoP`, `mac`), are no bearer tokens.
fn is_bearer(response: &IntrospectionResponse) -> bool {
    let stated = response.token_type.as_deref();
    stated.is_none_or(|stated| stated.eq_ignore_ascii_case("bearer"))
}

#[expect(clippy::cast_precision_loss, reason = "seconds; exact below 2^52")]
fn seconds(time: i64) -> f64 {
    time as f64
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
        self.check(&response, now().unix())?;
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
