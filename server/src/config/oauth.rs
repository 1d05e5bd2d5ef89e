//! Who people sign in with.

use super::choice::choice;
use super::client::{ClientSettings, Mode};
use super::endpoints::{ExplicitEndpoints, url};
use super::validation::ValidationSettings;
use super::{Arguments, ConfigError};
use shared::api::StatePolicy;
use url::Url;

/// The OAuth2 side of the configuration.
#[derive(Clone)]
pub struct OauthSettings {
    /// The issuer: its endpoints are discovered, and it is what `iss` is compared with.
    pub issuer: Option<Url>,
    /// Endpoints given explicitly; they win over discovered ones.
    pub endpoints: ExplicitEndpoints,
    /// Where people register.
    pub register_url: Option<Url>,
    /// The client that this deployment is.
    pub client: ClientSettings,
    /// Where the auth server sends the browser back to.
    pub redirect_uri: Url,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Who exchanges the authorization code.
    pub mode: Mode,
    /// Whether the answer must carry `state`.
    pub state: StatePolicy,
    /// How tokens are checked.
    pub validation: ValidationSettings,
}

impl OauthSettings {
    pub(super) fn parse(arguments: &Arguments, public_url: &Url) -> Result<Self, ConfigError> {
        let endpoints = ExplicitEndpoints::parse(arguments)?;
        let issuer = url("GNC_OAUTH_ISSUER", arguments.oauth_issuer.as_deref())?;
        if issuer.is_none() && !endpoints.suffice() {
            return Err(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it, or GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL",
            ));
        }
        let client = ClientSettings::parse(arguments)?;
        Ok(Self {
            validation: ValidationSettings::parse(
                arguments,
                &client.id,
                issuer.as_ref(),
                &endpoints,
            )?,
            issuer,
            endpoints,
            register_url: url(
                "GNC_OAUTH_REGISTER_URL",
                arguments.oauth_register_url.as_deref(),
            )?,
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
            mode: Mode::parse(arguments, &client)?,
            state: choice(
                "GNC_OAUTH_STATE",
                &arguments.oauth_state,
                &[
                    ("required", StatePolicy::Required),
                    ("pending-login", StatePolicy::PendingLogin),
                ],
                "set it to required or pending-login",
            )?,
            client,
        })
    }
}
