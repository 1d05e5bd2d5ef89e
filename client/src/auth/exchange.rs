//! Calls the token and revocation endpoints of the sign-in server.
//!
//! Secrets and challenges are the types of the `oauth2` crate. Its client is left out: it would bring URL parsing with
//! the Unicode tables for host names, a quarter of the page's first load, to fill in two forms. So are its types for
//! answers, which are made for any extension and bring 15 kB for three fields.

use super::SignInError;
use super::callback::Accepted;
use super::error::ConfigFault;
use super::tokens::{Renewal, Tokens};
use crate::browser::clock::server_now;
use crate::browser::json;
use futures_util::future::join;
use gloo_net::http::{Request, Response};
use oauth2::RefreshToken;
use serde::Deserialize;
use shared::api::OauthConfig;
use web_sys::{AbortSignal, RequestCredentials, RequestRedirect};

/// How long the sign-in server may take, in milliseconds.
const TIME_LIMIT: u32 = 10_000;

/// How long a sign-out waits for the sign-in server, in milliseconds.
const REVOKE_TIME_LIMIT: u32 = 3_000;

/// Exchanges an accepted code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
pub async fn exchange(config: &OauthConfig, accepted: Accepted) -> Result<Tokens, SignInError> {
    let code = accepted.code.into_secret();
    let verifier = accepted.verifier.into_secret();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &config.client_id),
        ("redirect_uri", &config.redirect_uri),
        ("code", &code),
        ("code_verifier", &verifier),
    ];
    ask_for_tokens(config, &form).await
}

/// Exchanges a refresh token for new tokens (RFC 6749, section 6).
pub async fn refresh(config: &OauthConfig, token: &RefreshToken) -> Result<Tokens, SignInError> {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &config.client_id),
        ("refresh_token", token.secret()),
    ];
    ask_for_tokens(config, &form).await
}

/// Revokes tokens where the server can (RFC 7009), and says whether it can be reached. A failure needs no
/// more: the tokens are forgotten here in any case, and expire by themselves.
pub async fn revoke(config: &OauthConfig, tokens: Tokens) -> bool {
    let Some(url) = &config.revoke_url else {
        return true;
    };
    let refresh = match &tokens.renewal {
        Renewal::Token(token) => Some(token.secret()),
        Renewal::Never | Renewal::Cookie => None,
    };
    let revoke = async |hint: &str, secret: Option<&String>| {
        let form = [
            ("token", secret?.as_str()),
            ("token_type_hint", hint),
            ("client_id", &config.client_id),
        ];
        post(url, encode(&form), REVOKE_TIME_LIMIT).await.ok()
    };
    let (refresh, access) = join(
        revoke("refresh_token", refresh),
        revoke("access_token", Some(tokens.access.secret())),
    )
    .await;
    refresh.or(access).is_some()
}

async fn ask_for_tokens(
    config: &OauthConfig,
    form: &[(&str, &str)],
) -> Result<Tokens, SignInError> {
    let missing = SignInError::Misconfigured(ConfigFault::NoTokenUrl);
    let url = config.token_url.as_deref().ok_or(missing)?;
    let answer = post(url, encode(form), TIME_LIMIT).await;
    let answer = answer.map_err(|_| SignInError::Unreachable)?;
    let body = answer.text().await.map_err(|_| SignInError::Unreachable)?;
    if !answer.ok() {
        return Err(match answer.status() {
            429 | 500.. => SignInError::Unreachable,
            _ => refusal(&body),
        });
    }
    // Some servers answer every address with a page.
    let answer: TokenAnswer = json::read(&body).ok_or(SignInError::Unreadable)?;
    let renewal = answer.refresh_token.map_or(Renewal::Never, Renewal::Token);
    Tokens::new(
        answer.access_token,
        answer.expires_in,
        renewal,
        server_now(),
    )
}

/// The answer of the token endpoint (RFC 6749, section 5.1), as far as it is used.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    #[serde(default)]
    refresh_token: Option<RefreshToken>,
    #[serde(default)]
    expires_in: Option<u64>,
}

/// An error of the token endpoint (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

fn refusal(body: &str) -> SignInError {
    match json::read::<ErrorAnswer>(body) {
        Some(ErrorAnswer {
            error,
            error_description: description,
        }) => SignInError::Refused { error, description },
        None => SignInError::Unreadable,
    }
}

fn encode(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish()
}

async fn post(url: &str, form: String, time_limit: u32) -> Result<Response, gloo_net::Error> {
    Request::post(url)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_limit)))
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)?
        .send()
        .await
}
