//! The OAuth2 settings.

use super::choice::choice;
use super::client::{ClientSettings, Mode};
use super::endpoints::{ExplicitEndpoints, private_url, url};
use super::http::public_url;
use super::validation::ValidationSettings;
use super::{Arguments, ConfigError, ConfigErrors};
use shared::api::StatePolicy;
use url::Url;

#[derive(Clone)]
pub struct OauthSettings {
    /// Base of discovery, and the expected `iss`.
    pub issuer: Option<Url>,
    pub endpoints: ExplicitEndpoints,
    pub register_url: Option<Url>,
    pub client: ClientSettings,
    pub redirect_uri: Url,
    pub scopes: Vec<String>,
    pub mode: Mode,
    pub state: StatePolicy,
    pub validation: ValidationSettings,
}

impl OauthSettings {
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let endpoints = ExplicitEndpoints::parse(arguments, errors);
        let issuer = private_url("GNC_OAUTH_ISSUER", arguments.oauth_issuer.as_deref());
        let issuer = errors.value(issuer).flatten();
        if issuer.is_none() && !ExplicitEndpoints::are_set(arguments) {
            errors.add(ConfigError::missing(
                "GNC_OAUTH_ISSUER",
                "set it, or GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL",
            ));
        }
        let client = ClientSettings::parse(arguments, errors);
        let mode = Mode::parse(arguments, &client, errors);
        let validation =
            ValidationSettings::parse(arguments, &client.id, issuer.as_ref(), &endpoints, errors);
        let register_url = errors.value(url(
            "GNC_OAUTH_REGISTER_URL",
            arguments.oauth_register_url.as_deref(),
        ));
        let redirect_uri = errors.value(public_url(arguments).and_then(|url| {
            url.join("callback").map_err(|_| {
                ConfigError::invalid(
                    "GNC_PUBLIC_URL",
                    "nothing can be joined to it",
                    "write e.g. https://example.org",
                )
            })
        }));
        let state = errors.value(choice(
            "GNC_OAUTH_STATE",
            &arguments.oauth_state,
            &[
                ("required", StatePolicy::Required),
                ("pending-login", StatePolicy::PendingLogin),
            ],
            "set it to required or pending-login",
        ));
        Some(Self {
            validation: validation?,
            issuer,
            endpoints,
            register_url: register_url?,
            redirect_uri: redirect_uri?,
            scopes: arguments
                .oauth_scopes
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect(),
            mode: mode?,
            state: state?,
            client,
        })
    }
}
