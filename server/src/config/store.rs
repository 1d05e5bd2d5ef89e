//! Where the collections lie.

use super::ConfigError;
use clap::Args;
use redis::IntoConnectionInfo;
use secrecy::{ExposeSecret, SecretString};

/// Where the collections lie, as it is given. All that the operator's commands need.
#[derive(Args)]
pub struct StoreArguments {
    /// GeneNetwork's Redis, e.g. `redis://user:password@127.0.0.1:6379/0`.
    #[arg(long, env = "GNC_REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,

    /// Hash of legacy accounts.
    #[arg(long, env = "GNC_KEY_USERS", default_value = "users")]
    pub key_users: String,

    /// Hash of legacy and anonymous collections.
    #[arg(
        long,
        env = "GNC_KEY_LEGACY_COLLECTIONS",
        default_value = "collections"
    )]
    pub key_legacy_collections: String,

    /// Hash of the new accounts' collections.
    #[arg(long, env = "GNC_KEY_COLLECTIONS", default_value = "collections2")]
    pub key_collections: String,

    /// Hash of gn-auth's migration flags.
    #[arg(
        long,
        env = "GNC_KEY_MIGRATABLE",
        default_value = "migratable-accounts"
    )]
    pub key_migratable: String,

    /// What the keys of this program itself begin with.
    #[arg(long, env = "GNC_KEY_PREFIX", default_value = "gnc:")]
    pub key_prefix: String,
}

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

impl TryFrom<StoreArguments> for StoreConfig {
    type Error = ConfigError;

    fn try_from(arguments: StoreArguments) -> Result<Self, ConfigError> {
        let mend = "set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0";
        let redis_url = arguments
            .redis_url
            .ok_or_else(|| ConfigError::missing("GNC_REDIS_URL", mend))?;
        redis_url
            .expose_secret()
            .into_connection_info()
            .map_err(|_| ConfigError::invalid("GNC_REDIS_URL", "it is not a Redis URL", mend))?;
        Ok(Self {
            redis_url,
            keys: KeyNames {
                users: arguments.key_users,
                legacy_collections: arguments.key_legacy_collections,
                collections: arguments.key_collections,
                migratable: arguments.key_migratable,
                prefix: arguments.key_prefix,
            },
        })
    }
}
