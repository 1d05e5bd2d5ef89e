//! How tokens are checked.

use super::choice::choice;
use super::{Arguments, ConfigError, ExplicitEndpoints};
use std::time::Duration;
use url::Url;

/// The checks of a token.
#[derive(Clone)]
pub struct ValidationSettings {
    /// Who is asked.
    pub method: Validation,
    /// When an address counts as verified.
    pub email_trust: EmailTrust,
    /// For how long an accepted token is not asked about again, at most.
    pub cache: Duration,
    /// Whom a token must be made for, where the method tells.
    pub audience: String,
    /// Scopes a token must have, where the method tells.
    pub required_scopes: Vec<String>,
}

/// Who says whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Validation {
    /// The user endpoint.
    UserInfo,
    /// The token itself, signed by the auth server (RFC 9068).
    Jwt {
        /// What stands as `iss` in it.
        issuer: Url,
    },
    /// The introspection endpoint (RFC 7662).
    Introspection,
}

/// When an address counts as verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailTrust {
    /// If the auth server says so.
    Claim,
    /// Always, unless the auth server denies it: the operator vouches for it.
    Issuer,
}

impl ValidationSettings {
    pub(super) fn parse(
        arguments: &Arguments,
        client_id: &str,
        issuer: Option<&Url>,
        endpoints: &ExplicitEndpoints,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            method: Validation::parse(&arguments.token_validation, issuer, endpoints)?,
            email_trust: choice(
                "GNC_EMAIL_TRUST",
                &arguments.email_trust,
                &[("claim", EmailTrust::Claim), ("issuer", EmailTrust::Issuer)],
                "set it to claim or issuer",
            )?,
            cache: cache(&arguments.token_cache_seconds)?,
            audience: arguments
                .oauth_audience
                .clone()
                .filter(|audience| !audience.is_empty())
                .unwrap_or_else(|| client_id.to_owned()),
            required_scopes: arguments
                .oauth_required_scopes
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect(),
        })
    }
}

impl Validation {
    /// The method, if what it needs is configured, or may be discovered.
    fn parse(
        name: &str,
        issuer: Option<&Url>,
        endpoints: &ExplicitEndpoints,
    ) -> Result<Self, ConfigError> {
        match (name, issuer) {
            ("userinfo", _) => Ok(Self::UserInfo),
            ("jwt", Some(issuer)) => Ok(Self::Jwt {
                issuer: issuer.clone(),
            }),
            ("jwt", None) => Err(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it to what stands as `iss` in tokens: GNC_TOKEN_VALIDATION=jwt compares it",
            )),
            ("introspection", None) if endpoints.introspect.is_none() => Err(ConfigError::missing(
                "GNC_OAUTH_INTROSPECT_URL",
                "set it, or GNC_TOKEN_VALIDATION to userinfo",
            )),
            ("introspection", _) => Ok(Self::Introspection),
            _ => Err(ConfigError::invalid(
                "GNC_TOKEN_VALIDATION",
                "there is no such value",
                "set it to userinfo, jwt or introspection",
            )),
        }
    }
}

fn cache(text: &str) -> Result<Duration, ConfigError> {
    text.parse()
        .ok()
        .filter(|seconds| *seconds <= 60)
        .map(Duration::from_secs)
        .ok_or_else(|| {
            ConfigError::invalid(
                "GNC_TOKEN_CACHE_SECONDS",
                "it is not a number from 0 to 60",
                "set it to e.g. 60",
            )
        })
}
