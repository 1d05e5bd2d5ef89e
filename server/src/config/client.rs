//! The OAuth2 client that this deployment is, and who uses its secret.

use super::choice::choice;
use super::{Arguments, ConfigError};
use secrecy::{ExposeSecret, SecretString};
use shared::api::OauthMode;

/// Shortest secret that the key of the cookies is derived from, in bytes. Who has a cookie can try
/// secrets on it as fast as a computer can, so it must not be one that can be guessed.
const MIN_COOKIE_SECRET: usize = 32;

/// The client as it is registered at the auth server.
#[derive(Clone)]
pub struct ClientSettings {
    /// Its id.
    pub id: String,
    /// Its secret, if it is a confidential client.
    pub secret: Option<SecretString>,
    /// How the secret is presented; `None` leaves it to the discovery document.
    pub auth: Option<ClientAuth>,
}

/// How a confidential client presents its secret (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// In the form: `client_secret_post`.
    Post,
    /// In the `Authorization` header: `client_secret_basic`.
    Basic,
}

/// Who exchanges the authorization code.
#[derive(Clone)]
pub enum Mode {
    /// The page, as a public client.
    Direct,
    /// This server, with the client's secret.
    Mediated(Mediation),
}

/// What mediated sign-in needs.
#[derive(Clone)]
pub struct Mediation {
    /// The client's secret.
    pub client_secret: SecretString,
    /// What the key of the session cookie is derived from.
    pub cookie_secret: SecretString,
}

impl Mode {
    /// What the page is told.
    pub fn to_wire(&self) -> OauthMode {
        match self {
            Self::Direct => OauthMode::Direct,
            Self::Mediated(_) => OauthMode::Mediated,
        }
    }
}

impl ClientSettings {
    pub(super) fn parse(arguments: &Arguments) -> Result<Self, ConfigError> {
        let mend = "set it to auto, client_secret_post or client_secret_basic";
        Ok(Self {
            id: arguments
                .oauth_client_id
                .clone()
                .filter(|id| !id.is_empty())
                .ok_or_else(|| {
                    ConfigError::missing(
                        "GNC_OAUTH_CLIENT_ID",
                        "set it to the id of the client registered for this page",
                    )
                })?,
            secret: given(arguments.oauth_client_secret.as_ref()),
            auth: choice(
                "GNC_OAUTH_CLIENT_AUTH",
                &arguments.oauth_client_auth,
                &[
                    ("auto", None),
                    ("client_secret_post", Some(ClientAuth::Post)),
                    ("client_secret_basic", Some(ClientAuth::Basic)),
                ],
                mend,
            )?,
        })
    }
}

impl Mode {
    pub(super) fn parse(
        arguments: &Arguments,
        client: &ClientSettings,
    ) -> Result<Self, ConfigError> {
        let mediated = choice(
            "GNC_OAUTH_MODE",
            &arguments.oauth_mode,
            &[("direct", false), ("mediated", true)],
            "set it to direct or mediated",
        )?;
        if mediated {
            Mediation::parse(arguments, client).map(Self::Mediated)
        } else {
            Ok(Self::Direct)
        }
    }
}

impl Mediation {
    fn parse(arguments: &Arguments, client: &ClientSettings) -> Result<Self, ConfigError> {
        let client_secret = client.secret.clone().ok_or_else(|| {
            ConfigError::missing(
                "GNC_OAUTH_CLIENT_SECRET",
                "set it to the client's secret, or GNC_OAUTH_MODE to direct for a public client",
            )
        })?;
        let long = |secret: &SecretString| secret.expose_secret().len() >= MIN_COOKIE_SECRET;
        let mend = "set it to at least 32 random characters, e.g. from `openssl rand -hex 32`";
        let cookie_secret = match given(arguments.cookie_secret.as_ref()) {
            Some(secret) if long(&secret) => secret,
            Some(_) => {
                return Err(ConfigError::invalid(
                    "GNC_COOKIE_SECRET",
                    "it is shorter than 32 characters",
                    mend,
                ));
            }
            None if long(&client_secret) => client_secret.clone(),
            None => {
                return Err(ConfigError::invalid(
                    "GNC_COOKIE_SECRET",
                    "it is not set, and GNC_OAUTH_CLIENT_SECRET is too short to derive it from",
                    mend,
                ));
            }
        };
        Ok(Self {
            client_secret,
            cookie_secret,
        })
    }
}

/// An empty secret is none.
fn given(secret: Option<&SecretString>) -> Option<SecretString> {
    secret
        .filter(|secret| !secret.expose_secret().is_empty())
        .cloned()
}
