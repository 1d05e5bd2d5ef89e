//! Who people sign in with.

use super::{Arguments, ConfigError};
use std::time::Duration;
use url::Url;

/// The OAuth2 side of the configuration.
#[derive(Clone)]
pub struct OauthSettings {
    /// The issuer, if its endpoints are to be discovered.
    pub issuer: Option<Url>,
    /// Endpoints given explicitly; they win over discovered ones.
    pub endpoints: ExplicitEndpoints,
    /// Where people register.
    pub register_url: Option<Url>,
    /// Id of the public client.
    pub client_id: String,
    /// Where the auth server sends the browser back to.
    pub redirect_uri: Url,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// When an address counts as verified.
    pub email_trust: EmailTrust,
    /// For how long an accepted token is not asked about again.
    pub token_cache: Duration,
}

/// Endpoints that the operator named.
#[derive(Clone, Default)]
pub struct ExplicitEndpoints {
    /// Authorization endpoint.
    pub authorize: Option<Url>,
    /// Token endpoint.
    pub token: Option<Url>,
    /// User endpoint.
    pub user: Option<Url>,
    /// Revocation endpoint.
    pub revoke: Option<Url>,
    /// End-session endpoint.
    pub end_session: Option<Url>,
}

/// When an address counts as verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailTrust {
    /// If the user endpoint says so.
    Claim,
    /// Always, unless the user endpoint denies it: the operator vouches for the auth server.
    Issuer,
}

impl OauthSettings {
    pub(super) fn parse(arguments: &Arguments, public_url: &Url) -> Result<Self, ConfigError> {
        let endpoints = ExplicitEndpoints {
            authorize: url(
                "GNC_OAUTH_AUTHORIZE_URL",
                arguments.oauth_authorize_url.as_deref(),
            )?,
            token: url("GNC_OAUTH_TOKEN_URL", arguments.oauth_token_url.as_deref())?,
            user: url("GNC_OAUTH_USER_URL", arguments.oauth_user_url.as_deref())?,
            revoke: url(
                "GNC_OAUTH_REVOKE_URL",
                arguments.oauth_revoke_url.as_deref(),
            )?,
            end_session: url(
                "GNC_OAUTH_END_SESSION_URL",
                arguments.oauth_end_session_url.as_deref(),
            )?,
        };
        let issuer = url("GNC_OAUTH_ISSUER", arguments.oauth_issuer.as_deref())?;
        if issuer.is_none() && !endpoints.suffice() {
            return Err(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it, or GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL",
            ));
        }
        Ok(Self {
            issuer,
            endpoints,
            register_url: url(
                "GNC_OAUTH_REGISTER_URL",
                arguments.oauth_register_url.as_deref(),
            )?,
            client_id: arguments
                .oauth_client_id
                .clone()
                .filter(|id| !id.is_empty())
                .ok_or_else(|| {
                    ConfigError::missing(
                        "GNC_OAUTH_CLIENT_ID",
                        "set it to the id of the client registered for this page",
                    )
                })?,
            redirect_uri: public_url.join("callback").map_err(|_| {
                ConfigError::invalid(
                    "GNC_PUBLIC_URL",
                    "nothing can be joined to it",
                    "write e.g. https://example.org",
                )
            })?,
            scopes: arguments
                .oauth_scopes
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect(),
            email_trust: email_trust(&arguments.email_trust)?,
            token_cache: token_cache(&arguments.token_cache_seconds)?,
        })
        .and_then(|settings| mode(&arguments.oauth_mode).map(|()| settings))
    }
}

impl ExplicitEndpoints {
    /// Whether people can sign in with these alone.
    pub fn suffice(&self) -> bool {
        self.authorize.is_some() && self.token.is_some() && self.user.is_some()
    }
}

fn url(variable: &'static str, text: Option<&str>) -> Result<Option<Url>, ConfigError> {
    text.filter(|text| !text.is_empty())
        .map(|text| {
            Url::parse(text)
                .ok()
                .filter(|url| matches!(url.scheme(), "http" | "https"))
                .ok_or_else(|| {
                    ConfigError::invalid(
                        variable,
                        "it is not an http(s) URL",
                        "write the whole URL, with https://",
                    )
                })
        })
        .transpose()
}

fn mode(text: &str) -> Result<(), ConfigError> {
    match text {
        "direct" => Ok(()),
        "mediated" => Err(ConfigError::invalid(
            "GNC_OAUTH_MODE",
            "this version cannot mediate the sign-in yet",
            "set it to direct and register a public client",
        )),
        _ => Err(ConfigError::invalid(
            "GNC_OAUTH_MODE",
            "there is no such mode",
            "set it to direct",
        )),
    }
}

fn email_trust(text: &str) -> Result<EmailTrust, ConfigError> {
    match text {
        "claim" => Ok(EmailTrust::Claim),
        "issuer" => Ok(EmailTrust::Issuer),
        _ => Err(ConfigError::invalid(
            "GNC_EMAIL_TRUST",
            "there is no such trust",
            "set it to claim or issuer",
        )),
    }
}

fn token_cache(text: &str) -> Result<Duration, ConfigError> {
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
