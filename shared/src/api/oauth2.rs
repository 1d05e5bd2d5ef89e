//! `POST /api/v1/oauth2/token`, `…/refresh` and `…/logout`: sign-in that our server mediates.
//!
//! All three take same-origin requests only. `refresh` and `logout` have no body: what they need is in
//! a cookie that scripts cannot read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Body of `POST /api/v1/oauth2/token`: the code that the callback brought, and what proves that this
/// page asked for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExchangeRequest {
    /// The authorization code.
    pub code: String,
    /// The PKCE verifier (RFC 7636) of the attempt.
    pub code_verifier: String,
    /// The redirect URI that the attempt named: the one of `GET /api/v1/config`.
    pub redirect_uri: String,
}

/// Answer of `token` and `refresh`: an access token, to be kept in memory only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// The access token.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds from now until it expires, if the auth server tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
    /// The granted scopes, separated by spaces, if the auth server tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// Answer of `logout`. The cookie is gone in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// What became of the tokens at the auth server.
    pub revocation: Revocation,
}

/// What became of the tokens at the auth server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// They are revoked, or there were none.
    Done,
    /// The auth server cannot revoke: they end by expiring.
    Unsupported,
    /// The auth server could not be reached, or refused: they end by expiring.
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
    fn what_holds_a_secret_does_not_show_it() {
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
