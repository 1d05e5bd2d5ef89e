//! `gn-collections doctor`: looks whether everything a deployment needs is there, and says what to set.
//!
//! It changes nothing: what it asks the auth server are codes and tokens that do not exist, and what it
//! writes to Redis is one key of its own for a second.
//!
//! - [`report`]: findings, as text and as JSON
//! - [`deployment`]: what the settings say of each other
//! - [`redis`]: version, persistence, the keys, scripts
//! - [`discovery`], [`sign_in`], [`token_endpoint`], [`user_endpoint`]: the auth server, from outside
//! - [`probe`]: questions to it

mod deployment;
mod discovery;
mod probe;
mod redis;
pub mod report;
mod sign_in;
mod token_endpoint;
mod user_endpoint;

use crate::config::Config;
use crate::state::{AppState, StateError};
use probe::Probe;
use report::{Finding, Report};
use secrecy::SecretString;

/// Examines a deployment. `token` is somebody's access token, if there is one to try.
///
/// # Errors
/// [`StateError`] when something on this machine is missing.
pub async fn examine(config: Config, token: Option<&SecretString>) -> Result<Report, StateError> {
    let state = AppState::new(config)?;
    let mut report = Report::default();
    report.extend(deployment::examine(&state.config));
    report.extend(redis::examine(&state.store).await);

    let probe = Probe::new(&state.config)?;
    let metadata = discovery::fetch(&probe, &state.config.oauth).await;
    report.extend(discovery::examine(&state.config.oauth, metadata.as_ref()));
    match state.endpoints.get().await {
        Err(unavailable) => report.add(
            Finding::problem("endpoints", unavailable.to_string())
                .mend("check GNC_OAUTH_ISSUER, or set GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL"),
        ),
        Ok(endpoints) => {
            let oauth = &state.config.oauth;
            report.extend(sign_in::examine(&probe, oauth, endpoints).await);
            report.extend(token_endpoint::examine(&probe, oauth, endpoints).await);
            report.extend(user_endpoint::examine(&probe, oauth, endpoints, metadata.as_ref(), token).await);
        }
    }
    report.add(match state.validator.reachable().await {
        Ok(()) => Finding::good("validation", "tokens can be checked"),
        Err(unavailable) => Finding::problem("validation", unavailable.to_string())
            .mend("check GNC_TOKEN_VALIDATION, and GNC_OAUTH_JWKS_URL or GNC_OAUTH_INTROSPECT_URL with it"),
    });
    Ok(report)
}
