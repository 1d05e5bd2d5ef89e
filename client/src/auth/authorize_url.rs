//! Addresses of the sign-in server to which the browser navigates.

use super::error::ConfigFault;
use super::sign_in_attempt::CodeVerifier;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier};
use shared::api::{OauthConfig, OauthMode};
use uuid::Uuid;
use web_sys::Url;

/// An authorization request (RFC 6749, section 4.1.1, with PKCE).
#[derive(Debug)]
pub struct AuthorizationRequest {
    /// The authorization endpoint with all parameters. None of them is a secret.
    pub url: String,
    pub state: String,
    /// Must not leave this tab before the code arrives.
    pub verifier: CodeVerifier,
}

/// Creates an authorization request with a new `state` and verifier. `origin` is that of this page.
/// A silent request is answered with an error instead of a page that asks the person.
pub fn authorization_request(
    config: &OauthConfig,
    origin: &str,
    silent: bool,
) -> Result<AuthorizationRequest, ConfigFault> {
    if config.mode == OauthMode::Direct && config.token_url.is_none() {
        return Err(ConfigFault::NoTokenUrl);
    }
    // Each origin has its own storage, so another one could not match the response to its attempt.
    if parse(&config.redirect_uri)?.origin() != origin {
        return Err(ConfigFault::OtherOrigin);
    }
    let state = CsrfToken::new(random_secret());
    let verifier = PkceCodeVerifier::new(random_secret());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let url = parse(&config.authorize_url)?;
    let parameters = url.search_params();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", &config.client_id),
        ("redirect_uri", &config.redirect_uri),
        ("scope", &config.scopes.join(" ")),
        ("state", state.secret()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", challenge.method()),
    ] {
        parameters.set(name, value);
    }
    if silent {
        parameters.set("prompt", "none");
    }
    Ok(AuthorizationRequest {
        url: url.href(),
        state: state.into_secret(),
        verifier: CodeVerifier::new(verifier.into_secret()),
    })
}

/// The address at which the sign-in server ends its own session and sends the browser back to
/// `return_url`. It carries no `id_token_hint`, because a URL must not hold a token.
pub fn end_session_url(config: &OauthConfig, return_url: &str) -> Option<String> {
    let url = parse(config.end_session_url.as_deref()?).ok()?;
    let parameters = url.search_params();
    parameters.set("client_id", &config.client_id);
    parameters.set("post_logout_redirect_uri", return_url);
    Some(url.href())
}

/// Returns 64 hexadecimal digits with 244 random bits from Web Crypto, a valid verifier by RFC
/// 7636, section 4.1. The `oauth2` crate would add its own random generator to the page.
fn random_secret() -> String {
    [Uuid::new_v4(), Uuid::new_v4()]
        .map(|uuid| uuid.simple().to_string())
        .concat()
}

fn parse(url: &str) -> Result<Url, ConfigFault> {
    Url::new(url).map_err(|_| ConfigFault::NotAUrl)
}
