//! The OAuth2 client of this deployment, and the mode of the sign-in.

use super::choice::choice;
use super::{Arguments, ConfigError, ConfigErrors};
use secrecy::{ExposeSecret, SecretString};
use shared::api::OauthMode;
use std::ops::RangeInclusive;

/// In bytes. An attacker with a cookie can try secrets offline, so the secret must be unguessable.
const MIN_COOKIE_SECRET: usize = 32;

#[derive(Clone)]
pub struct ClientSettings {
    pub id: String,
    /// Only confidential clients have one.
    pub secret: Option<SecretString>,
    /// `None` leaves the choice to the discovery document.
    pub auth: Option<ClientAuth>,
    /// The method at the revocation endpoint, if it is known.
    pub revoke_auth: Option<ClientAuth>,
}

/// How a confidential client sends its secret (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// `client_secret_post`
    Post,
    /// `client_secret_basic`
    Basic,
}

impl ClientAuth {
    /// The name of the method in discovery documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Post => "client_secret_post",
            Self::Basic => "client_secret_basic",
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Post => Self::Basic,
            Self::Basic => Self::Post,
        }
    }
}

/// The party that exchanges the authorization code.
#[derive(Clone)]
pub enum Mode {
    /// The page, as a public client.
    Direct,
    /// This server, as a public or a confidential client.
    Mediated(Mediation),
}

#[derive(Clone)]
pub struct Mediation {
    /// The key of the session cookie is derived from it. `None` asks for a random key.
    pub cookie_secret: Option<SecretString>,
    pub limits: SessionLimits,
}

/// When a session of the mediated mode ends, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// After the sign-in.
    pub lifetime: u32,
    /// After the last use.
    pub idle: u32,
}

impl Mode {
    pub fn to_wire(&self) -> OauthMode {
        match self {
            Self::Direct => OauthMode::Direct,
            Self::Mediated(_) => OauthMode::Mediated,
        }
    }
}

impl ClientSettings {
    /// A setting with an error gets a placeholder.
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Self {
        let id = arguments
            .oauth_client_id
            .clone()
            .filter(|id| !id.is_empty())
            .ok_or(ConfigError::missing(
                "GNC_OAUTH_CLIENT_ID",
                "set it to the id of the client registered for this page",
            ));
        let auth = client_auth("GNC_OAUTH_CLIENT_AUTH", &arguments.oauth_client_auth);
        let revoke_auth = client_auth(
            "GNC_OAUTH_REVOKE_CLIENT_AUTH",
            &arguments.oauth_revoke_client_auth,
        );
        Self {
            id: errors.value(id).unwrap_or_default(),
            secret: non_empty(arguments.oauth_client_secret.as_ref()),
            auth: errors.value(auth).flatten(),
            revoke_auth: errors.value(revoke_auth).flatten(),
        }
    }
}

fn client_auth(variable: &'static str, text: &str) -> Result<Option<ClientAuth>, ConfigError> {
    choice(
        variable,
        text,
        &[
            ("auto", None),
            (ClientAuth::Post.name(), Some(ClientAuth::Post)),
            (ClientAuth::Basic.name(), Some(ClientAuth::Basic)),
        ],
        "set it to auto, client_secret_post or client_secret_basic",
    )
}

impl Mode {
    pub(super) fn parse(
        arguments: &Arguments,
        client: &ClientSettings,
        errors: &mut ConfigErrors,
    ) -> Option<Self> {
        let mediated = errors.value(choice(
            "GNC_OAUTH_MODE",
            &arguments.oauth_mode,
            &[("direct", false), ("mediated", true)],
            "set it to direct or mediated",
        ));
        let limits = SessionLimits::parse(arguments, errors);
        if mediated? {
            let cookie_secret = errors.value(cookie_secret(arguments, client));
            Some(Self::Mediated(Mediation {
                cookie_secret: cookie_secret?,
                limits: limits?,
            }))
        } else {
            Some(Self::Direct)
        }
    }
}

/// Returns the secret of the cookie key; `None` asks for a random key.
fn cookie_secret(
    arguments: &Arguments,
    client: &ClientSettings,
) -> Result<Option<SecretString>, ConfigError> {
    let long = |secret: &SecretString| secret.expose_secret().len() >= MIN_COOKIE_SECRET;
    let advice = "set it to at least 32 random characters, e.g. from `openssl rand -hex 32`";
    match non_empty(arguments.cookie_secret.as_ref()) {
        Some(secret) if long(&secret) => Ok(Some(secret)),
        Some(_) => Err(ConfigError::invalid(
            "GNC_COOKIE_SECRET",
            "it is shorter than 32 characters",
            advice,
        )),
        None if client.secret.as_ref().is_none_or(long) => Ok(client.secret.clone()),
        None => Err(ConfigError::invalid(
            "GNC_COOKIE_SECRET",
            "it is not set, and GNC_OAUTH_CLIENT_SECRET is too short to derive it from",
            advice,
        )),
    }
}

impl SessionLimits {
    fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let hours = number(&arguments.session_hours, 1..=720).ok_or(ConfigError::invalid(
            "GNC_SESSION_HOURS",
            "it is not a number from 1 to 720",
            "set it to the hours after which people sign in again, e.g. 12",
        ));
        let minutes = number(&arguments.session_idle_minutes, 5..=43_200);
        let minutes = minutes.ok_or(ConfigError::invalid(
            "GNC_SESSION_IDLE_MINUTES",
            "it is not a number from 5 to 43200",
            "set it to the minutes without use after which people sign in again, e.g. 120",
        ));
        let (hours, minutes) = (errors.value(hours), errors.value(minutes));
        Some(Self {
            lifetime: hours? * 3600,
            idle: minutes? * 60,
        })
    }
}

fn number(text: &str, allowed: RangeInclusive<u32>) -> Option<u32> {
    text.parse().ok().filter(|number| allowed.contains(number))
}

/// Treats an empty secret as absent.
pub(super) fn non_empty(secret: Option<&SecretString>) -> Option<SecretString> {
    secret
        .filter(|secret| !secret.expose_secret().is_empty())
        .cloned()
}
