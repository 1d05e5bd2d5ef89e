//! Endpoints of the auth server that the operator named.

use super::{Arguments, ConfigError};
use url::Url;

/// Endpoints given explicitly; they win over discovered ones.
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
    /// Introspection endpoint.
    pub introspect: Option<Url>,
    /// The server's public keys.
    pub jwks: Option<Url>,
}

impl ExplicitEndpoints {
    pub(super) fn parse(arguments: &Arguments) -> Result<Self, ConfigError> {
        let read = |variable, text: &Option<String>| url(variable, text.as_deref());
        Ok(Self {
            authorize: read("GNC_OAUTH_AUTHORIZE_URL", &arguments.oauth_authorize_url)?,
            token: read("GNC_OAUTH_TOKEN_URL", &arguments.oauth_token_url)?,
            user: read("GNC_OAUTH_USER_URL", &arguments.oauth_user_url)?,
            revoke: read("GNC_OAUTH_REVOKE_URL", &arguments.oauth_revoke_url)?,
            end_session: read(
                "GNC_OAUTH_END_SESSION_URL",
                &arguments.oauth_end_session_url,
            )?,
            introspect: read("GNC_OAUTH_INTROSPECT_URL", &arguments.oauth_introspect_url)?,
            jwks: read("GNC_OAUTH_JWKS_URL", &arguments.oauth_jwks_url)?,
        })
    }

    /// Whether people can sign in with these alone.
    pub fn suffice(&self) -> bool {
        self.authorize.is_some() && self.token.is_some() && self.user.is_some()
    }
}

/// An http(s) URL; an empty text is none.
pub(super) fn url(variable: &'static str, text: Option<&str>) -> Result<Option<Url>, ConfigError> {
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
