//! Calls the token and revocation endpoints of the sign-in server.
//!
//! The types of secrets and challenges come from the `oauth2` crate. Its client is not used: its
//! URL parser with the Unicode tables for host names would be a quarter of the page's first load.

use super::SignInError;
use super::authorization_response::CheckedResponse;
use super::error::ConfigFault;
use super::tokens::{RenewalMethod, Tokens};
use crate::browser::clock::server_now;
use crate::browser::json;
use futures_util::future::join;
use gloo_net::http::{Request, Response};
use oauth2::RefreshToken;
use serde::Deserialize;
use shared::api::{OauthConfig, Revocation};
use web_sys::{AbortSignal, RequestCredentials, RequestRedirect};

/// Time limit of a token request, in milliseconds.
const TIME_LIMIT: u32 = 10_000;

/// Time limit of a revocation, in milliseconds.
const REVOKE_TIME_LIMIT: u32 = 3_000;

/// Exchanges an authorization code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
pub async fn exchange(
    config: &OauthConfig,
    response: CheckedResponse,
) -> Result<Tokens, SignInError> {
    let code = response.code.into_secret();
    let verifier = response.verifier.into_secret();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &config.client_id),
        ("redirect_uri", &config.redirect_uri),
        ("code", &code),
        ("code_verifier", &verifier),
    ];
    request_tokens(config, &form).await
}

/// Exchanges a refresh token for new tokens (RFC 6749, section 6).
pub async fn refresh(config: &OauthConfig, token: &RefreshToken) -> Result<Tokens, SignInError> {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &config.client_id),
        ("refresh_token", token.secret()),
    ];
    request_tokens(config, &form).await
}

/// Revokes tokens if the server supports that (RFC 7009). Returns `None` if it cannot be reached.
pub async fn revoke(config: &OauthConfig, tokens: Tokens) -> Option<Revocation> {
    let Some(url) = &config.revoke_url else {
        return Some(Revocation::Unsupported);
    };
    let refresh = match &tokens.renewal {
        RenewalMethod::RefreshToken(token) => Some(token.secret()),
        RenewalMethod::SignIn | RenewalMethod::Cookie => None,
    };
    let revoke = async |hint: &str, secret: Option<&String>| {
        let Some(secret) = secret else {
            return Some(true);
        };
        let form = [
            ("token", secret.as_str()),
            ("token_type_hint", hint),
            ("client_id", &config.client_id),
        ];
        let response = post(url, encode(&form), REVOKE_TIME_LIMIT).await;
        response.ok().map(|response| response.ok())
    };
    let (refresh, access) = join(
        revoke("refresh_token", refresh),
        revoke("access_token", Some(tokens.access.secret())),
    )
    .await;
    // Both requests go to the same server.
    Some(match (refresh?, access?) {
        (true, true) => Revocation::Done,
        _ => Revocation::Failed,
    })
}

async fn request_tokens(
    config: &OauthConfig,
    form: &[(&str, &str)],
) -> Result<Tokens, SignInError> {
    let missing = SignInError::Misconfigured(ConfigFault::NoTokenUrl);
    let url = config.token_url.as_deref().ok_or(missing)?;
    let response = post(url, encode(form), TIME_LIMIT).await;
    let response = response.map_err(|_| SignInError::Unreachable)?;
    let body = response.text().await;
    let body = body.map_err(|_| SignInError::Unreachable)?;
    if !response.ok() {
        return Err(match response.status() {
            429 | 500.. => SignInError::Unreachable,
            _ => read_error(&body),
        });
    }
    // Some servers answer every address with an HTML page.
    let TokenResponse {
        access_token,
        refresh_token,
        expires_in,
    } = json::read(&body).ok_or(SignInError::Unreadable)?;
    let renewal = refresh_token.map_or(RenewalMethod::SignIn, RenewalMethod::RefreshToken);
    Tokens::new(access_token, expires_in, renewal, server_now())
}

/// A successful response of the token endpoint (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    #[serde(default)]
    refresh_token: Option<RefreshToken>,
    #[serde(default)]
    expires_in: Option<u64>,
}

/// An error response of the token endpoint (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

fn read_error(body: &str) -> SignInError {
    match json::read(body) {
        Some(ErrorResponse {
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
