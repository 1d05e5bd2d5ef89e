//! The Redis settings.

use super::redis_server::RedisServer;
use super::store_arguments::StoreArguments;
use super::{ConfigError, ConfigErrors, KeyNames, Quotas};
use secrecy::{ExposeSecret, SecretString};

#[derive(Clone)]
pub struct StoreConfig {
    pub redis: RedisServer,
    /// PEM certificates of trusted authorities; `None` trusts those of the system.
    pub redis_ca: Option<Vec<u8>>,
    pub wait_replicas: u32,
    pub keys: KeyNames,
    pub quotas: Quotas,
}

impl TryFrom<StoreArguments> for StoreConfig {
    type Error = ConfigErrors;

    fn try_from(arguments: StoreArguments) -> Result<Self, ConfigErrors> {
        let mut errors = ConfigErrors::default();
        let config = Self::parse(arguments, &mut errors);
        errors.or(config)
    }
}

impl StoreConfig {
    pub(super) fn parse(arguments: StoreArguments, errors: &mut ConfigErrors) -> Option<Self> {
        let keys = KeyNames::parse(&arguments, errors);
        let quotas = Quotas::parse(&arguments, errors);
        let redis = errors.value(redis_server(arguments.redis_url.as_ref()));
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
            .transpose();
        let redis_ca = errors.value(redis_ca);
        let wait_replicas = arguments.redis_wait_replicas.parse().map_err(|_| {
            ConfigError::invalid(
                "GNC_REDIS_WAIT_REPLICAS",
                "it is not a whole number",
                "set it to the number of replicas that must confirm, or to 0",
            )
        });
        let wait_replicas = errors.value(wait_replicas);
        Some(Self {
            redis: redis?,
            redis_ca: redis_ca?,
            wait_replicas: wait_replicas?,
            keys: keys?,
            quotas: quotas?,
        })
    }
}

fn redis_server(url: Option<&SecretString>) -> Result<RedisServer, ConfigError> {
    let advice = "set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0";
    let url = url.ok_or(ConfigError::missing("GNC_REDIS_URL", advice))?;
    RedisServer::parse(url.expose_secret()).ok_or(ConfigError::invalid(
        "GNC_REDIS_URL",
        "it is not a Redis URL",
        advice,
    ))
}
