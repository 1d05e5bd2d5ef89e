//! The keys with which GN2 signs the cookies of its sessions.

use super::{Arguments, ConfigError};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

/// The keys with which GN2 signs the cookies of its sessions. An empty key would prove nothing and
/// counts as absent.
pub struct SessionSecrets {
    /// GN2's `SECRET_KEY`, which signs the cookie `session`.
    pub secret_key: Option<SecretString>,
    /// GN2's `SECRET_HMAC_CODE`, which signs the cookie `anon_user_v1`.
    pub hmac_code: Option<SecretSlice<u8>>,
}

impl SessionSecrets {
    pub(super) fn parse(arguments: &mut Arguments) -> Result<Self, ConfigError> {
        let secret_key = non_empty(arguments.gn2_secret_key.take());
        let hmac_code = non_empty(arguments.session_hmac_secret.take());
        let hmac_code = hmac_code.map(|code| latin1(&code)).transpose()?;
        Ok(Self {
            secret_key,
            hmac_code,
        })
    }

    /// Whether any anonymous session can be proven.
    pub fn are_set(&self) -> bool {
        self.secret_key.is_some() || self.hmac_code.is_some()
    }
}

fn non_empty(secret: Option<SecretString>) -> Option<SecretString> {
    secret.filter(|secret| !secret.expose_secret().is_empty())
}

/// Encodes `SECRET_HMAC_CODE` as GN2 does.
fn latin1(code: &SecretString) -> Result<SecretSlice<u8>, ConfigError> {
    let bytes: Result<Vec<u8>, _> = code.expose_secret().chars().map(u8::try_from).collect();
    let bytes = bytes.map_err(|_| {
        ConfigError::invalid(
            "GNC_SESSION_HMAC_SECRET",
            "it has characters outside Latin-1",
            "set it to GN2's SECRET_HMAC_CODE, or leave it out",
        )
    })?;
    Ok(bytes.into())
}
