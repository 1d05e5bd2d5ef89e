//! The interface of all token validators.

use super::token::BearerToken;
use super::user::VerifiedUser;
use async_trait::async_trait;

#[async_trait]
pub trait TokenValidator: Send + Sync {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError>;

    /// Drops the cached result of a revoked token.
    async fn forget(&self, _token: &BearerToken) {}

    /// Notes when a token expires, in seconds of Unix time, as the token endpoint said. An opaque
    /// token does not tell, and its cached result must not outlive it.
    async fn note_expiry(&self, _token: &BearerToken, _expires_at: i64) {}

    async fn reachable(&self) -> Result<(), Unavailable>;
}

/// A valid token's user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub user: VerifiedUser,
    /// Seconds of Unix time, if known.
    pub expires_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    #[error("the auth server does not accept the token")]
    Rejected,
    #[error("the token has expired")]
    Expired,
    #[error("the token's scope does not suffice")]
    InsufficientScope,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// No connection, or no response in time.
    #[error("the auth server does not respond")]
    NoAnswer,
    /// A token is never sent after a redirect.
    #[error("the auth server redirects")]
    Redirect,
    #[error("the auth server responds with status {0}")]
    Status(u16),
    /// An HTML page, for example, or JSON of another shape.
    #[error("the user endpoint's response is not a user")]
    NotAUser,
    #[error("the token endpoint's response is neither a token nor an error")]
    NotTokens,
    #[error("the introspection endpoint's response is invalid")]
    NotIntrospection,
    #[error("the auth server's key set cannot be read")]
    NoKeys,
    /// Discovery failed and no endpoints are configured.
    #[error("the auth server's metadata cannot be read")]
    NoMetadata,
    /// Codes, tokens and secrets would travel readably.
    #[error("the auth server's metadata name an endpoint without TLS")]
    NoTls,
}
