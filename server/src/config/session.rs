//! GN2's anonymous sessions.

use super::{Arguments, ConfigError};
use secrecy::{ExposeSecret, SecretSlice};

/// The key of the session cookies: GN2 takes its secret as Latin-1. An empty one would prove nothing and
/// counts as absent.
pub(super) fn parse(arguments: &Arguments) -> Result<Option<SecretSlice<u8>>, ConfigError> {
    let secret = arguments.session_hmac_secret.as_ref();
    let Some(secret) = secret.filter(|secret| !secret.expose_secret().is_empty()) else {
        return Ok(None);
    };
    let bytes: Result<Vec<u8>, _> = secret.expose_secret().chars().map(u8::try_from).collect();
    let bytes = bytes.map_err(|_| {
        ConfigError::invalid(
            "GNC_SESSION_HMAC_SECRET",
            "it has characters outside Latin-1",
            "set it to GN2's SECRET_HMAC_CODE, or leave it out",
        )
    })?;
    Ok(Some(bytes.into()))
}
