//! How tokens are checked.

use super::choice::choice;
use super::{Arguments, ConfigError, OauthSettings};
use std::time::Duration;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validation {
    /// The user endpoint.
    UserInfo,
    /// The token itself, signed by the auth server (RFC 9068).
    Jwt,
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
    pub(super) fn parse(arguments: &Arguments, client_id: &str) -> Result<Self, ConfigError> {
        Ok(Self {
            method: choice(
                "GNC_TOKEN_VALIDATION",
                &arguments.token_validation,
                &[
                    ("userinfo", Validation::UserInfo),
                    ("jwt", Validation::Jwt),
                    ("introspection", Validation::Introspection),
                ],
                "set it to userinfo, jwt or introspection",
            )?,
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
    /// Whether what the method needs is configured, or may be discovered.
    pub(super) fn check(self, oauth: &OauthSettings) -> Result<(), ConfigError> {
        let issuer = oauth.issuer.is_some();
        match self {
            Self::Jwt if !issuer => Err(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it to what stands as `iss` in tokens: GNC_TOKEN_VALIDATION=jwt compares it",
            )),
            Self::Introspection if !issuer && oauth.endpoints.introspect.is_none() => {
                Err(ConfigError::missing(
                    "GNC_OAUTH_INTROSPECT_URL",
                    "set it, or GNC_TOKEN_VALIDATION to userinfo",
                ))
            }
            Self::UserInfo | Self::Jwt | Self::Introspection => Ok(()),
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
