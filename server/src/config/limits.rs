//! How much one user, and one address, may ask for, and how much is kept for all.

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
    /// Bytes of plans that are kept.
    pub plan_cache: u64,
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
        let megabytes: u32 = arguments.plan_cache_mb.parse().map_err(|_| {
            ConfigError::invalid(
                "GNC_PLAN_CACHE_MB",
                "it is not a whole number",
                "set it to e.g. 16 megabytes, or to 0",
            )
        })?;
        Ok(Self {
            plan_cache: u64::from(megabytes) * 1024 * 1024,
            per_minute,
            proxy_header,
        })
    }
}
