//! Where the collections lie.

use super::redis_server::RedisServer;
use super::{ConfigError, KeyNames};
use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;

/// Where the collections lie, as it is given. All that the operator's commands need.
#[derive(Args)]
pub struct StoreArguments {
    /// GeneNetwork's Redis, e.g. `redis://user:password@127.0.0.1:6379/0`; `rediss://…` with TLS. Where Sentinel
    /// names the primary: `redis+sentinel://user:password@sentinel1:26379,sentinel2:26379/<service>/0`.
    #[arg(long, env = "GNC_REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,

    /// File with the certificates (PEM) that Redis' own must be signed by, for TLS. Without it, what the system trusts.
    #[arg(long, env = "GNC_REDIS_CA")]
    pub redis_ca: Option<PathBuf>,

    /// How many replicas must have a transfer or an edit before it is acknowledged.
    #[arg(long, env = "GNC_REDIS_WAIT_REPLICAS", default_value = "0")]
    pub redis_wait_replicas: String,

    /// Bytes from which on a list is worked on over a connection to Redis of its own.
    #[arg(long, env = "GNC_LARGE_LIST", default_value = "131072")]
    pub large_list: String,

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
    /// Where Redis is.
    pub redis: RedisServer,
    /// Certificates that Redis' own must be signed by, in PEM; `None`: what the system trusts.
    pub redis_ca: Option<Vec<u8>>,
    /// How many replicas must have a commit before it is acknowledged.
    pub wait_replicas: u32,
    /// Bytes from which on a list is worked on over a connection of its own.
    pub large_list: usize,
    /// Names of the hashes that GN2 and gn-auth use, and the prefix of our own keys.
    pub keys: KeyNames,
}

impl TryFrom<StoreArguments> for StoreConfig {
    type Error = ConfigError;

    fn try_from(arguments: StoreArguments) -> Result<Self, ConfigError> {
        let keys = KeyNames::parse(&arguments)?;
        let mend = "set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0";
        let redis_url = arguments
            .redis_url
            .ok_or_else(|| ConfigError::missing("GNC_REDIS_URL", mend))?;
        let redis = RedisServer::parse(redis_url.expose_secret())
            .ok_or_else(|| ConfigError::invalid("GNC_REDIS_URL", "it is not a Redis URL", mend))?;
        let redis_ca = arguments
            .redis_ca
            .filter(|path| !path.as_os_str().is_empty())
            .map(|path| {
                std::fs::read(path).map_err(|_| {
                    ConfigError::invalid(
                        "GNC_REDIS_CA",
                        "the file cannot be read",
                        "name a file with certificates in PEM",
                    )
                })
            })
            .transpose()?;
        let wait_replicas = arguments.redis_wait_replicas.parse().map_err(|_| {
            ConfigError::invalid(
                "GNC_REDIS_WAIT_REPLICAS",
                "it is not a whole number",
                "set it to the number of replicas that must confirm, or to 0",
            )
        })?;
        let large_list = arguments.large_list.parse().map_err(|_| {
            ConfigError::invalid(
                "GNC_LARGE_LIST",
                "it is not a whole number",
                "set it to a number of bytes, e.g. 131072",
            )
        })?;
        Ok(Self {
            redis,
            redis_ca,
            wait_replicas,
            large_list,
            keys,
        })
    }
}
