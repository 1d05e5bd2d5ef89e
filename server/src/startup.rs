//! Logs at the start whether Redis and the auth server answer, and which settings need care.
//! Neither stops the server, which uses both as soon as they answer.

use crate::config::{Config, EmailTrust, ISSUER_TRUST_CAUTION};
use crate::state::AppState;

/// Warns about settings that are only safe under a condition.
pub fn log_cautions(config: &Config) {
    if config.oauth.validation.email_trust == EmailTrust::Issuer {
        tracing::warn!("{ISSUER_TRUST_CAUTION}");
    }
}

/// Logs one line for Redis and one for the auth server.
pub async fn log_reachability(state: AppState) {
    let redis = async {
        state.store.wait_for_primary().await?;
        state.store.ping().await
    };
    let (redis, auth_server) = tokio::join!(redis, state.validator.reachable());
    match redis {
        Ok(()) => tracing::info!("Redis answers"),
        Err(error) => tracing::warn!(%error, "Redis cannot be used yet; check GNC_REDIS_URL"),
    }
    match auth_server {
        Ok(()) => tracing::info!("the auth server answers"),
        Err(error) => {
            tracing::warn!(%error, "the auth server cannot be used yet; run gn-collections doctor");
        }
    }
}
