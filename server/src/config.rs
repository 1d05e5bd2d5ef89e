//! Settings from environment variables or from flags of the same name.
//!
//! [`Arguments`] declares and documents them as text. [`Config`] holds the parsed values, with one
//! struct per concern. Missing and wrong values stop the start, each with one line that names the
//! variable and says what to set.

mod arguments;
mod choice;
mod client;
mod endpoints;
mod error;
mod gn2;
mod gn2_arguments;
mod http;
mod key_names;
mod limits;
mod link;
mod oauth;
mod quotas;
mod redis_server;
mod session_secrets;
mod store;
mod store_arguments;
mod validation;

pub use arguments::Arguments;
pub use client::{ClientAuth, ClientSettings, Mediation, Mode, SessionLimits};
pub use endpoints::{ExplicitEndpoints, is_private};
pub use error::{ConfigError, ConfigErrors};
pub use gn2::{Gn2Client, Gn2Settings};
pub use http::{HttpConfig, Pace};
pub use key_names::KeyNames;
pub use limits::LimitSettings;
pub use link::LinkSettings;
pub use oauth::OauthSettings;
pub use quotas::Quotas;
pub use redis_server::{RedisServer, SentinelService};
pub use session_secrets::SessionSecrets;
pub use store::StoreConfig;
pub use store_arguments::StoreArguments;
pub use validation::{EmailTrust, ISSUER_TRUST_CAUTION, JwtType, Validation, ValidationSettings};

use tracing_subscriber::EnvFilter;

pub struct Config {
    pub http: HttpConfig,
    pub store: StoreConfig,
    pub oauth: OauthSettings,
    pub limits: LimitSettings,
    /// `None` if the endpoints for GN2 are off.
    pub gn2: Option<Gn2Settings>,
    pub session_secrets: SessionSecrets,
    /// Whether legacy accounts can be claimed with their password.
    pub claim_by_password: bool,
    pub links: LinkSettings,
    pub log: EnvFilter,
}

impl TryFrom<Arguments> for Config {
    type Error = ConfigErrors;

    fn try_from(arguments: Arguments) -> Result<Self, ConfigErrors> {
        let mut errors = ConfigErrors::default();
        let config = Self::parse(arguments, &mut errors);
        errors.or(config)
    }
}

impl Config {
    /// Reads every setting before the first error ends it, so that all errors are found.
    fn parse(mut arguments: Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let http = HttpConfig::parse(&arguments, errors);
        let oauth = OauthSettings::parse(&arguments, errors);
        let limits = LimitSettings::parse(&arguments, errors);
        let gn2 = Gn2Settings::parse(&arguments.gn2, errors);
        let links = LinkSettings::parse(&arguments, errors);
        let session_secrets = errors.value(SessionSecrets::parse(&mut arguments));
        let claim_by_password = errors.value(choice::choice(
            "GNC_CLAIM_BY_PASSWORD",
            &arguments.claim_by_password,
            &[("off", false), ("on", true)],
            "set it to on or off",
        ));
        let log = errors.value(EnvFilter::try_new(&arguments.log).map_err(|_| {
            ConfigError::invalid(
                "GNC_LOG",
                "it is not a log filter",
                "write e.g. info or server=debug",
            )
        }));
        let store = StoreConfig::parse(arguments.store, errors);
        Some(Self {
            http: http?,
            store: store?,
            oauth: oauth?,
            limits: limits?,
            gn2,
            session_secrets: session_secrets?,
            claim_by_password: claim_by_password?,
            links: links?,
            log: log?,
        })
    }
}

#[cfg(test)]
mod tests;
