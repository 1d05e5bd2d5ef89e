//! Endpoints of the auth server that the operator configured.

use super::{Arguments, ConfigError, ConfigErrors};
use url::{Host, Url};

/// Configured endpoints. They take precedence over discovered ones.
#[derive(Clone, Default)]
pub struct ExplicitEndpoints {
    pub authorize: Option<Url>,
    pub token: Option<Url>,
    pub user: Option<Url>,
    pub revoke: Option<Url>,
    pub end_session: Option<Url>,
    pub introspect: Option<Url>,
    pub jwks: Option<Url>,
}

impl ExplicitEndpoints {
    /// Endpoints with an error are left out.
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Self {
        let mut read = |variable, text: &Option<String>| {
            errors
                .value(private_url(variable, text.as_deref()))
                .flatten()
        };
        Self {
            authorize: read("GNC_OAUTH_AUTHORIZE_URL", &arguments.oauth_authorize_url),
            token: read("GNC_OAUTH_TOKEN_URL", &arguments.oauth_token_url),
            user: read("GNC_OAUTH_USER_URL", &arguments.oauth_user_url),
            revoke: read("GNC_OAUTH_REVOKE_URL", &arguments.oauth_revoke_url),
            end_session: read(
                "GNC_OAUTH_END_SESSION_URL",
                &arguments.oauth_end_session_url,
            ),
            introspect: read("GNC_OAUTH_INTROSPECT_URL", &arguments.oauth_introspect_url),
            jwks: read("GNC_OAUTH_JWKS_URL", &arguments.oauth_jwks_url),
        }
    }

    /// Whether the endpoints for a sign-in without discovery are set, be they valid or not.
    pub(super) fn are_set(arguments: &Arguments) -> bool {
        let needed = [
            &arguments.oauth_authorize_url,
            &arguments.oauth_token_url,
            &arguments.oauth_user_url,
        ];
        let is_set = |text: &&Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        needed.iter().all(is_set)
    }

    /// Whether people can sign in without discovery.
    pub fn suffice(&self) -> bool {
        self.authorize.is_some() && self.token.is_some() && self.user.is_some()
    }
}

/// Reads an http(s) URL. An empty text counts as absent.
pub(super) fn url(variable: &'static str, text: Option<&str>) -> Result<Option<Url>, ConfigError> {
    text.filter(|text| !text.is_empty())
        .map(|text| {
            Url::parse(text)
                .ok()
                .filter(|url| matches!(url.scheme(), "http" | "https"))
                .ok_or(ConfigError::invalid(
                    variable,
                    "it is not an http(s) URL",
                    "write the whole URL, with https://",
                ))
        })
        .transpose()
}

/// Reads the URL of an endpoint of the auth server, to which secrets travel. An empty text counts
/// as absent.
pub(super) fn private_url(
    variable: &'static str,
    text: Option<&str>,
) -> Result<Option<Url>, ConfigError> {
    let url = url(variable, text)?;
    if url.as_ref().is_none_or(is_private) {
        Ok(url)
    } else {
        Err(ConfigError::invalid(
            variable,
            "codes, tokens and secrets would travel without TLS",
            "write an https:// URL; only this machine is reached by http://",
        ))
    }
}

/// Whether nobody on the network reads what is sent to this URL: it has TLS, or does not leave the
/// machine.
pub fn is_private(url: &Url) -> bool {
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}
