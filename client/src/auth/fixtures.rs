//! Sample values for the unit tests.

use super::Credentials;
use super::tokens::{RenewalMethod, Tokens};
use shared::api::{OauthConfig, OauthMode, StatePolicy};
use shared::timestamp::Timestamp;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds).expect("a point in time")
}

pub(crate) fn config() -> OauthConfig {
    OauthConfig {
        mode: OauthMode::Direct,
        state: StatePolicy::Required,
        client_id: "gn-collections-spa".into(),
        scopes: vec!["profile".into(), "user".into()],
        issuer: Some("https://id.example".into()),
        iss_required: true,
        silent_sign_in: true,
        authorize_url: "https://id.example/auth".into(),
        token_url: Some("https://id.example/token".into()),
        revoke_url: Some("https://id.example/revoke".into()),
        end_session_url: None,
        redirect_uri: "https://collections.example/callback".into(),
    }
}

/// Credentials without expiry.
pub(crate) fn credentials() -> Credentials {
    let tokens = Tokens::new("the-token".into(), None, RenewalMethod::SignIn, at(0));
    Credentials::fixed(tokens.expect("tokens"))
}
