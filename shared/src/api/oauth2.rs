//! `POST /api/v1/oauth2/token`, `…/refresh` and `…/logout`: the sign-in mediated by this server.
//!
//! All three accept only same-origin requests. `refresh` and `logout` have no body: they use a
//! cookie that scripts cannot read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Body of `POST /api/v1/oauth2/token`: the code of the callback, and the proof that this page
/// requested it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExchangeRequest {
    /// The authorization code.
    pub code: String,
    /// The PKCE verifier (RFC 7636) of the sign-in.
    pub code_verifier: String,
    /// The redirect URI of the sign-in, which is that of `GET /api/v1/config`.
    pub redirect_uri: String,
}

/// Response of `token` and `refresh`: an access token, which the page keeps only in memory.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// The access token.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// The seconds until the token expires, if the auth server states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
    /// The granted scopes, separated by spaces, if the auth server states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// Response of `logout`. The cookie is removed in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// The result of the revocation at the auth server.
    pub revocation: Revocation,
}

/// The result of the revocation of the tokens at the auth server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// The tokens are revoked, or there were none.
    Done,
    /// The auth server cannot revoke. The tokens are valid until they expire.
    Unsupported,
    /// The auth server did not respond, or refused. The tokens are valid until they expire.
    Failed,
}

impl fmt::Debug for ExchangeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExchangeRequest(…)")
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenResponse(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_secret() {
        let request = ExchangeRequest {
            code: "hunter2".to_owned(),
            code_verifier: "hunter3".to_owned(),
            redirect_uri: String::new(),
        };
        let response = TokenResponse {
            access_token: "hunter4".to_owned(),
            token_type: "Bearer".to_owned(),
            expires_in: None,
            scope: None,
        };
        assert!(!format!("{request:?}{response:?}").contains("hunter"));
    }
}
