//! Addresses of the sign-in server that the browser goes to.

use super::attempt::Verifier;
use super::error::ConfigFault;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier};
use shared::api::{OauthConfig, OauthMode};
use uuid::Uuid;
use web_sys::Url;

/// Where an attempt begins.
#[derive(Debug)]
pub struct Departure {
    /// The authorization endpoint with all its parameters; none of them is a secret.
    pub url: String,
    /// Names the attempt.
    pub state: String,
    /// Must not leave this tab before the code comes back.
    pub verifier: Verifier,
}

/// Makes a fresh `state` and verifier and the address to go to. `here` is the origin of this page.
pub fn depart(config: &OauthConfig, here: &str) -> Result<Departure, ConfigFault> {
    if config.mode == OauthMode::Direct && config.token_url.is_none() {
        return Err(ConfigFault::NoTokenUrl);
    }
    // The answer could not be matched at another origin: each has a storage of its own.
    if parse(&config.redirect_uri)?.origin() != here {
        return Err(ConfigFault::OtherOrigin);
    }
    let state = CsrfToken::new(random());
    let verifier = PkceCodeVerifier::new(random());
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
    Ok(Departure {
        url: url.href(),
        state: state.into_secret(),
        verifier: Verifier::new(verifier.into_secret()),
    })
}

/// Where the sign-in server ends its own session and sends the browser back to `home`. It gets no token
/// as a hint, because a token must not stand in a URL.
pub fn end_session_url(config: &OauthConfig, home: &str) -> Option<String> {
    let url = parse(config.end_session_url.as_deref()?).ok()?;
    let parameters = url.search_params();
    parameters.set("client_id", &config.client_id);
    parameters.set("post_logout_redirect_uri", home);
    Some(url.href())
}

/// The path at which the sign-in server's answer arrives.
pub fn callback_path(config: &OauthConfig) -> Option<String> {
    Some(parse(&config.redirect_uri).ok()?.pathname())
}

/// 64 hexadecimal digits with 244 random bits from Web Crypto: nobody guesses them, and they are a verifier as RFC
/// 7636 wants it (section 4.1). The `oauth2` crate would bring a random generator of its own to the page.
fn random() -> String {
    [Uuid::new_v4(), Uuid::new_v4()]
        .map(|uuid| uuid.simple().to_string())
        .concat()
}

fn parse(url: &str) -> Result<Url, ConfigFault> {
    Url::new(url).map_err(|_| ConfigFault::NotAUrl)
}
