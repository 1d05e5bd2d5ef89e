//! The settings of token validation.

use super::choice::choice;
use super::{Arguments, ConfigError, ConfigErrors, ExplicitEndpoints};
use std::time::Duration;
use url::Url;

#[derive(Clone)]
pub struct ValidationSettings {
    pub method: Validation,
    pub email_trust: EmailTrust,
    /// How long an accepted token is not validated again.
    pub cache: Duration,
    /// Required audience, where the method supports it.
    pub audience: String,
    /// Required scopes, where the method supports them.
    pub required_scopes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Validation {
    UserInfo,
    /// RFC 9068
    Jwt {
        /// The expected `iss`.
        issuer: Url,
        accepted_type: JwtType,
    },
    /// RFC 7662
    Introspection,
}

/// The `typ` that the header of an access token must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtType {
    /// `at+jwt` (RFC 9068, section 2.1).
    AccessToken,
    /// `at+jwt`, `JWT`, or none.
    Unstated,
}

/// The caution about [`EmailTrust::Issuer`], for operators.
pub const ISSUER_TRUST_CAUTION: &str = "GNC_EMAIL_TRUST=issuer is only safe if the auth server refuses people whose address is not \
    verified; gn-auth does so since 2025, while with gn-auth of 2024 anybody can register any address and take its collections";

/// When an address counts as verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailTrust {
    /// If the auth server says so.
    Claim,
    /// Unless the auth server denies it. The operator vouches for all addresses.
    Issuer,
}

impl ValidationSettings {
    pub(super) fn parse(
        arguments: &Arguments,
        client_id: &str,
        issuer: Option<&Url>,
        endpoints: &ExplicitEndpoints,
        errors: &mut ConfigErrors,
    ) -> Option<Self> {
        let jwt_type = errors.value(choice(
            "GNC_OAUTH_JWT_TYPE",
            &arguments.oauth_jwt_type,
            &[("at+jwt", JwtType::AccessToken), ("any", JwtType::Unstated)],
            "set it to at+jwt or any",
        ));
        // A wrong value has its own error.
        let accepted_type = jwt_type.unwrap_or(JwtType::AccessToken);
        let name = &arguments.token_validation;
        let method = Validation::parse(name, accepted_type, issuer, endpoints);
        let method = errors.value(method);
        let email_trust = errors.value(choice(
            "GNC_EMAIL_TRUST",
            &arguments.email_trust,
            &[("claim", EmailTrust::Claim), ("issuer", EmailTrust::Issuer)],
            "set it to claim or issuer",
        ));
        let cache = errors.value(cache(&arguments.token_cache_seconds));
        Some(Self {
            method: method?,
            email_trust: email_trust?,
            cache: cache?,
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
    /// Reads the method and checks that its requirements are configured or can be discovered.
    fn parse(
        name: &str,
        accepted_type: JwtType,
        issuer: Option<&Url>,
        endpoints: &ExplicitEndpoints,
    ) -> Result<Self, ConfigError> {
        match (name, issuer) {
            ("userinfo", _) => Ok(Self::UserInfo),
            ("jwt", Some(issuer)) => Ok(Self::Jwt {
                issuer: issuer.clone(),
                accepted_type,
            }),
            ("jwt", None) => Err(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it to the `iss` of the tokens, which GNC_TOKEN_VALIDATION=jwt compares",
            )),
            ("introspection", None) if endpoints.introspect.is_none() => Err(ConfigError::missing(
                "GNC_OAUTH_INTROSPECT_URL",
                "set it, or GNC_TOKEN_VALIDATION to userinfo",
            )),
            ("introspection", _) => Ok(Self::Introspection),
            _ => Err(ConfigError::invalid(
                "GNC_TOKEN_VALIDATION",
                "the value is unknown",
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
        .ok_or(ConfigError::invalid(
            "GNC_TOKEN_CACHE_SECONDS",
            "it is not a number from 0 to 60",
            "set it to e.g. 60",
        ))
}
