//! The question put to an auth server: whose token is this?

use super::token::BearerToken;
use super::user::VerifiedUser;
use async_trait::async_trait;

/// Finds out whose token it is.
#[async_trait]
pub trait TokenValidator: Send + Sync {
    /// Asks about one token.
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError>;

    /// Forgets what was remembered of a token that has been given back.
    async fn forget(&self, _token: &BearerToken) {}

    /// Whether the auth server can be asked at all.
    async fn reachable(&self) -> Result<(), Unavailable>;
}

/// Whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The person.
    pub user: VerifiedUser,
    /// When the token expires, in seconds of Unix time, if that is known.
    pub expires_at: Option<i64>,
}

/// Why a token gives access to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// The auth server does not know it.
    #[error("the auth server does not accept the token")]
    Rejected,
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// It does not cover the user's profile.
    #[error("the token's scope does not suffice")]
    InsufficientScope,
    /// The auth server could not be asked.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why the auth server could not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// No connection, or no answer in time.
    #[error("the auth server does not answer")]
    NoAnswer,
    /// It redirects; a token is never sent after a redirect.
    #[error("the auth server redirects")]
    Redirect,
    /// It answers with an error of its own.
    #[error("the auth server answers with status {0}")]
    Status(u16),
    /// It answers with something that is no user: an HTML page, or JSON of another shape.
    #[error("the user endpoint's answer is not a user")]
    NotAUser,
    /// It answers with something that is no token, and no refusal: an HTML page, or JSON of another shape.
    #[error("the token endpoint's answer is neither tokens nor an error")]
    NotTokens,
    /// It answers a question about a token with something else.
    #[error("the introspection endpoint's answer is not one")]
    NotIntrospection,
    /// Its keys cannot be read.
    #[error("the auth server's key set cannot be read")]
    NoKeys,
    /// Discovery failed and no endpoints are configured.
    #[error("the auth server's metadata cannot be read")]
    NoMetadata,
}
