//! What the tests of several modules start from.

use super::tokens::{TokenAnswer, Tokens};
use super::{Credentials, SignInError};
use futures_util::FutureExt;
use oauth2::AccessToken;
use shared::api::{OauthConfig, OauthMode, StatePolicy};
use shared::timestamp::Timestamp;
use std::rc::Rc;
use yew::Callback;

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
        authorize_url: "https://id.example/auth".into(),
        token_url: Some("https://id.example/token".into()),
        revoke_url: Some("https://id.example/revoke".into()),
        end_session_url: None,
        redirect_uri: "https://collections.example/callback".into(),
    }
}

/// Credentials that are good for ever.
pub(crate) fn credentials() -> Credentials {
    let answer = TokenAnswer {
        access_token: AccessToken::new("the-token".into()),
        refresh_token: None,
        expires_in: None,
    };
    let tokens = Tokens::from_answer(answer, at(0)).expect("tokens");
    let renew = Rc::new(|_| async { Err(SignInError::Unreachable) }.boxed_local());
    Credentials::new(tokens, renew, Callback::noop())
}
