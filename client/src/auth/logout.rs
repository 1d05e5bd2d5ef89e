//! Ends a session at our server and at the sign-in server.

use super::tokens::Tokens;
use super::{authorize_url, server_session, token_endpoint};
use crate::browser::address::location;
use shared::api::{OauthConfig, OauthMode, Revocation};

/// Revokes tokens. Returns `None` if the responsible server could not be reached.
pub(super) async fn revoke(config: &OauthConfig, tokens: Option<Tokens>) -> Option<Revocation> {
    match (config.mode, tokens) {
        (OauthMode::Mediated, tokens) => server_session::end(tokens.as_ref()).await.ok(),
        (OauthMode::Direct, Some(tokens)) => token_endpoint::revoke(config, tokens).await,
        (OauthMode::Direct, None) => Some(Revocation::Done),
    }
}

/// The address at which the sign-in server ends its own session, if it has one.
pub(super) fn end_session_url(config: &OauthConfig) -> Option<String> {
    let origin = location()?.origin().ok()?;
    authorize_url::end_session_url(config, &format!("{origin}/"))
}
