//! Why an attempt to sign in failed.

use crate::api::ApiError;
use thiserror::Error;

/// Why an attempt to sign in failed. Holds no code, verifier or token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    /// The answer lacks the `state` that was sent.
    #[error("the answer of the sign-in server lacks its `state`")]
    StateMissing,
    /// The answer carries a `state` that this tab never sent.
    #[error("the answer of the sign-in server belongs to no attempt of this tab")]
    StateUnknown,
    /// The attempt was started too long ago.
    #[error("the attempt to sign in has expired")]
    AttemptExpired,
    /// The answer does not say which server it is from, although the server promises that.
    #[error("the answer does not say which sign-in server it is from")]
    IssuerMissing,
    /// The answer is from another server than the one that was asked.
    #[error("the answer is from another sign-in server")]
    IssuerWrong,
    /// The person, or the sign-in server, said no.
    #[error("access was denied")]
    Denied,
    /// The sign-in server says that something else is wrong.
    #[error("the sign-in server says: {error}")]
    Refused {
        /// Its error code, such as `invalid_scope`.
        error: String,
        /// Its own words, where it gave any.
        description: Option<String>,
    },
    /// The answer carries neither a code nor an error.
    #[error("the answer of the sign-in server is incomplete")]
    Incomplete,
    /// The sign-in server cannot be reached.
    #[error("the sign-in server cannot be reached")]
    Unreachable,
    /// The sign-in server's token answer cannot be understood.
    #[error("the answer of the sign-in server cannot be understood")]
    Unreadable,
    /// Our server does not accept the sign-in, or failed in a way that will not pass.
    #[error("our server refused the sign-in: {0}")]
    NotAccepted(ApiError),
    /// This tab cannot keep the attempt, because the browser forbids storage.
    #[error("the browser does not let this page keep the attempt to sign in")]
    StorageForbidden,
    /// The sign-in settings of this deployment cannot work.
    #[error("sign-in is not set up correctly: {0}")]
    Misconfigured(ConfigFault),
}

/// What is wrong with a deployment's sign-in settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ConfigFault {
    /// `direct` mode needs a token endpoint.
    #[error("there is no token endpoint")]
    NoTokenUrl,
    /// The page was opened at another address than the one that the sign-in server sends back to.
    #[error("sign-in works at another address of this site only")]
    OtherOrigin,
    /// An address of the settings is not a URL.
    #[error("an address is not a URL")]
    NotAUrl,
}
