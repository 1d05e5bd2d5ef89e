//! Ends a sign-in: here, at our server, and at the sign-in server.

use super::tokens::Tokens;
use super::{departure, exchange, mediated};
use crate::browser::address::location;
use shared::api::{OauthConfig, OauthMode};

/// Revokes tokens where that is possible, and says whether the server that does so can be reached.
pub(super) async fn end(config: &OauthConfig, tokens: Option<Tokens>) -> bool {
    match (config.mode, tokens) {
        (OauthMode::Mediated, tokens) => mediated::end(tokens.as_ref()).await.is_ok(),
        (OauthMode::Direct, Some(tokens)) => exchange::revoke(config, tokens).await,
        (OauthMode::Direct, None) => true,
    }
}

/// Where the browser goes to end the sign-in server's own session, where it has such an address.
pub(super) fn url(config: &OauthConfig) -> Option<String> {
    let origin = location()?.origin().ok()?;
    departure::end_session_url(config, &format!("{origin}/"))
}
