//! `gn-collections doctor`: examines a deployment and says what to set.
//!
//! The command changes nothing. It sends invalid codes and tokens to the auth server, and writes
//! one key of its own to Redis for a second.
//!
//! - [`report`]: findings, as text and as JSON
//! - [`deployment`]: consistency of the settings
//! - [`redis`]: version, persistence, keys and scripts
//! - [`discovery`], [`sign_in`], [`token_endpoint`], [`user_endpoint`]: the auth server
//! - [`gn_auth`]: gn-auth of 2025, whose tokens need one line more
//! - [`probe`]: requests to the auth server

mod deployment;
mod discovery;
mod gn_auth;
mod probe;
mod redis;
pub mod report;
mod sign_in;
mod token_endpoint;
mod user_endpoint;

use crate::config::{Config, ConfigErrors, StoreArguments, StoreConfig};
use crate::state::{AppState, StateError};
use crate::store::Store;
use probe::Probe;
use report::{DoctorReport, Finding};
use secrecy::SecretString;

/// Examines a deployment. `token` is an access token to try at the user endpoint.
pub async fn examine(
    config: Config,
    token: Option<&SecretString>,
) -> Result<DoctorReport, StateError> {
    let state = AppState::new(config)?;
    let mut report = DoctorReport::default();
    report.extend(deployment::examine(&state.config));
    report.extend(redis::examine(&state.store).await);

    let probe = Probe::new(&state.config)?;
    let metadata = discovery::fetch(&probe, &state.config.oauth).await;
    report.extend(discovery::examine(&state.config.oauth, metadata.as_ref()));
    match state.endpoints.get().await {
        Err(unavailable) => report.add(
            Finding::problem("endpoints", unavailable.to_string())
                .advice("check GNC_OAUTH_ISSUER, or set GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL"),
        ),
        Ok(endpoints) => {
            let oauth = &state.config.oauth;
            report.extend(sign_in::examine(&probe, oauth, endpoints, metadata.as_ref()).await);
            report.extend(token_endpoint::examine(&probe, oauth, endpoints).await);
            report.extend(user_endpoint::examine(&probe, oauth, endpoints, metadata.as_ref(), token).await);
        }
    }
    report.add(match state.validator.reachable().await {
        Ok(()) => Finding::good("validation", "tokens can be checked"),
        Err(unavailable) => Finding::problem("validation", unavailable.to_string())
            .advice("check GNC_TOKEN_VALIDATION, and GNC_OAUTH_JWKS_URL or GNC_OAUTH_INTROSPECT_URL with it"),
    });
    Ok(report)
}

/// Reports all wrong settings, and examines Redis if its own settings are sound.
pub async fn examine_without_config(
    errors: &ConfigErrors,
    store: StoreArguments,
) -> Result<DoctorReport, StateError> {
    let mut report = DoctorReport::default();
    let wrong = errors.iter().map(ToString::to_string);
    report.extend(wrong.map(|error| Finding::problem("configuration", error)));
    if let Ok(store) = StoreConfig::try_from(store) {
        report.extend(redis::examine(&Store::new(&store)?).await);
    }
    report.add(Finding::unknown(
        "endpoints",
        "the auth server is examined when all settings can be read",
    ));
    Ok(report)
}
