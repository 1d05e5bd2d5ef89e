//! Limits of requests and memory.

use super::{Arguments, ConfigError, ConfigErrors};
use http::HeaderName;
use std::num::NonZeroU32;

#[derive(Clone, Debug)]
pub struct LimitSettings {
    /// Requests per minute of each user and each address; `None` means no limit.
    pub per_minute: Option<NonZeroU32>,
    /// The last address in this header is the client's, if a proxy is in front.
    pub proxy_header: Option<HeaderName>,
    /// In bytes.
    pub plan_cache: u64,
    /// Bytes of large bodies of requests at a time.
    pub body_budget: usize,
    /// Bytes of large answers to one user at a time.
    pub answer_budget: usize,
}

impl LimitSettings {
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let per_minute = match arguments.rate_limit.as_str() {
            "off" => Ok(None),
            number => number.parse().map(Some).map_err(|_| {
                ConfigError::invalid(
                    "GNC_RATE_LIMIT",
                    "it is neither a whole number from 1 nor off",
                    "set it to e.g. 600 requests a minute",
                )
            }),
        };
        let per_minute = errors.value(per_minute);
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
            .transpose();
        let proxy_header = errors.value(proxy_header);
        let megabytes = arguments.plan_cache_mb.parse::<u32>().map_err(|_| {
            ConfigError::invalid(
                "GNC_PLAN_CACHE_MB",
                "it is not a whole number",
                "set it to e.g. 16 megabytes, or to 0",
            )
        });
        let megabytes = errors.value(megabytes);
        let body_budget = errors.value(budget("GNC_BODY_BUDGET_MB", &arguments.body_budget_mb));
        let answer_budget =
            errors.value(budget("GNC_ANSWER_BUDGET_MB", &arguments.answer_budget_mb));
        Some(Self {
            body_budget: body_budget?,
            answer_budget: answer_budget?,
            plan_cache: u64::from(megabytes?) * 1024 * 1024,
            per_minute: per_minute?,
            proxy_header: proxy_header?,
        })
    }
}

/// Reads a budget in megabytes. One body of the largest size must fit.
fn budget(variable: &'static str, megabytes: &str) -> Result<usize, ConfigError> {
    let megabytes = megabytes.parse().ok();
    megabytes
        .filter(|megabytes| (16..=65_536).contains(megabytes))
        .map(|megabytes: usize| megabytes * 1024 * 1024)
        .ok_or(ConfigError::invalid(
            variable,
            "it is not a whole number from 16 to 65536",
            "set it to e.g. 64 megabytes",
        ))
}
