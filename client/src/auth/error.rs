//! Errors of the sign-in.

use crate::api::ApiError;
use thiserror::Error;

/// Why a sign-in failed. Holds no code, verifier or token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    #[error("the response of the sign-in server lacks its `state`")]
    StateMissing,
    /// This tab never sent the `state` of the response.
    #[error("the response of the sign-in server belongs to no attempt of this tab")]
    StateUnknown,
    #[error("the attempt to sign in has expired")]
    AttemptExpired,
    /// The response names no issuer, although the server promises to name it.
    #[error("the response does not name its sign-in server")]
    IssuerMissing,
    #[error("the response is from another sign-in server")]
    IssuerWrong,
    /// The person or the sign-in server denied access.
    #[error("access was denied")]
    Denied,
    #[error("the sign-in server says: {error}")]
    Refused {
        /// An error code of OAuth2, such as `invalid_scope`.
        error: String,
        description: Option<String>,
    },
    /// The response holds neither a code nor an error.
    #[error("the response of the sign-in server is incomplete")]
    Incomplete,
    #[error("the sign-in server cannot be reached")]
    Unreachable,
    #[error("the response of the sign-in server cannot be understood")]
    Unreadable,
    /// Our server does not accept the sign-in, or failed with an error that is not transient.
    #[error("our server refused the sign-in: {0}")]
    NotAccepted(ApiError),
    /// The sign-in server issued a token and does not accept it, as gn-auth of 2025 does without a
    /// change.
    #[error("the sign-in server does not accept its own token")]
    TokenRefused,
    #[error("the browser does not let this page store the attempt to sign in")]
    StorageForbidden,
    #[error("sign-in is not set up correctly: {0}")]
    Misconfigured(ConfigFault),
}

/// An error in the sign-in settings of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ConfigFault {
    /// The mode `direct` needs a token endpoint.
    #[error("there is no token endpoint")]
    NoTokenUrl,
    /// The page was opened at another origin than that of the redirect URI.
    #[error("sign-in works at another address of this site only")]
    OtherOrigin,
    #[error("an address is not a URL")]
    NotAUrl,
}
