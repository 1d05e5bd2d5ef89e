//! Where the collections lie.

use super::{Arguments, ConfigError};
use redis::IntoConnectionInfo;
use secrecy::{ExposeSecret, SecretString};

/// The Redis side of the configuration.
#[derive(Clone)]
pub struct StoreConfig {
    /// Redis' URL; it may hold a password.
    pub redis_url: SecretString,
    /// Names of the hashes that GN2 and gn-auth use, and the prefix of our own keys.
    pub keys: KeyNames,
}

/// Names of Redis keys.
#[derive(Clone, Debug)]
pub struct KeyNames {
    /// Legacy accounts.
    pub users: String,
    /// Legacy and anonymous collections.
    pub legacy_collections: String,
    /// The new accounts' collections.
    pub collections: String,
    /// gn-auth's migration flags.
    pub migratable: String,
    /// What our own keys begin with.
    pub prefix: String,
}

impl StoreConfig {
    pub(super) fn parse(arguments: &Arguments) -> Result<Self, ConfigError> {
        let mend = "set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0";
        let redis_url = arguments
            .redis_url
            .clone()
            .ok_or_else(|| ConfigError::missing("GNC_REDIS_URL", mend))?;
        redis_url
            .expose_secret()
            .into_connection_info()
            .map_err(|_| ConfigError::invalid("GNC_REDIS_URL", "it is not a Redis URL", mend))?;
        Ok(Self {
            redis_url,
            keys: KeyNames {
                users: arguments.key_users.clone(),
                legacy_collections: arguments.key_legacy_collections.clone(),
                collections: arguments.key_collections.clone(),
                migratable: arguments.key_migratable.clone(),
                prefix: arguments.key_prefix.clone(),
            },
        })
    }
}
