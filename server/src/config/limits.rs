//! How much one user, and one address, may ask for.

use super::{Arguments, ConfigError};
use http::HeaderName;
use std::num::NonZeroU32;

/// Limits of requests to the API.
#[derive(Clone, Debug)]
pub struct LimitSettings {
    /// Requests a minute, per user and per address; `None` is no limit.
    pub per_minute: Option<NonZeroU32>,
    /// Header whose last address is the client's, if there is a proxy in front.
    pub proxy_header: Option<HeaderName>,
}

impl LimitSettings {
    pub(super) fn parse(arguments: &Arguments) -> Result<Self, ConfigError> {
        let per_minute = match arguments.rate_limit.as_str() {
            "off" => None,
            number => Some(number.parse().map_err(|_| {
                ConfigError::invalid(
                    "GNC_RATE_LIMIT",
                    "it is neither a whole number from 1 nor off",
                    "set it to e.g. 600 requests a minute",
                )
            })?),
        };
        let header = arguments.trusted_proxy_header.as_deref();
        let proxy_header = header
            .filter(|name| !name.is_empty())
            .map(|name| {
                name.parse().map_err(|_| {
                    ConfigError::invalid(
                        "GNC_TRUSTED_PROXY_HEADER",
                        "it is not the name of a header",
                        "set it to e.g. X-Forwarded-For, or leave it out",
                    )
                })
            })
            .transpose()?;
        Ok(Self {
            per_minute,
            proxy_header,
        })
    }
}
