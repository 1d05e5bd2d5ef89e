//! Calls the endpoints of the sign-in server.

use super::SignInError;
use super::attempt::Verifier;
use super::callback::Accepted;
use super::error::ConfigFault;
use super::tokens::Tokens;
use crate::browser::clock::now;
use futures_util::future::join_all;
use gloo_net::http::Request;
use oauth2::basic::{BasicClient, BasicRequestTokenError};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    Scope, TokenUrl, http,
};
use shared::api::{OauthConfig, OauthMode};
use thiserror::Error;
use url::{Url, form_urlencoded};
use web_sys::{AbortSignal, RequestCredentials, RequestRedirect};

/// How long the sign-in server may take, in milliseconds.
const TIME_LIMIT: u32 = 10_000;

/// How long a sign-out waits for the sign-in server, in milliseconds.
const REVOKE_TIME_LIMIT: u32 = 3_000;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Where an attempt begins.
#[derive(Debug)]
pub struct Departure {
    /// The authorization endpoint with all its parameters; none of them is a secret.
    pub url: Url,
    /// Names the attempt.
    pub state: String,
    /// Must not leave this tab before the code comes back.
    pub verifier: Verifier,
}

/// Makes a fresh `state` and verifier (S256) and the address to go to.
pub fn depart(config: &OauthConfig) -> Result<Departure, ConfigFault> {
    let client = client(config)?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state) = client
        .authorize_url(CsrfToken::new_random)
        .add_scopes(config.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(challenge)
        .url();
    Ok(Departure {
        url,
        state: state.into_secret(),
        verifier: Verifier::new(verifier.into_secret()),
    })
}

/// Exchanges an accepted code for tokens.
pub async fn exchange(config: &OauthConfig, accepted: Accepted) -> Result<Tokens, SignInError> {
    let client = client(config).map_err(SignInError::Misconfigured)?;
    let code = AuthorizationCode::new(accepted.code.into_secret());
    let response = client
        .exchange_code(code)
        .set_pkce_verifier(PkceCodeVerifier::new(accepted.verifier.into_secret()))
        .request_async(&send)
        .await
        .map_err(refusal)?;
    Tokens::from_response(&response, now())
}

/// Exchanges a refresh token for new tokens.
pub async fn refresh(config: &OauthConfig, token: &RefreshToken) -> Result<Tokens, SignInError> {
    let client = client(config).map_err(SignInError::Misconfigured)?;
    let request = client.exchange_refresh_token(token);
    let response = request.request_async(&send).await.map_err(refusal)?;
    Tokens::from_response(&response, now())
}

/// Revokes tokens where the server can, and says whether it can be reached. A failure needs no more: the
/// tokens are forgotten here in any case, and expire by themselves. The `oauth2` crate would refuse a revocation endpoint without TLS,
/// such as a development server's, so the form is ours.
pub async fn revoke(config: &OauthConfig, tokens: Tokens) -> bool {
    let Some(url) = &config.revoke_url else {
        return true;
    };
    let secrets = [
        (
            "refresh_token",
            tokens.refresh.map(RefreshToken::into_secret),
        ),
        ("access_token", Some(tokens.access.into_secret())),
    ];
    let revocations = secrets.into_iter().filter_map(|(hint, secret)| {
        let secret = secret?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", &secret)
            .append_pair("token_type_hint", hint)
            .append_pair("client_id", &config.client_id)
            .finish();
        Some(post(url, form, &[], REVOKE_TIME_LIMIT))
    });
    join_all(revocations).await.iter().any(Result::is_ok)
}

/// Where the sign-in server ends its own session and sends the browser back to `home`. It gets no token
/// as a hint, because a token must not stand in a URL.
pub fn end_session_url(config: &OauthConfig, home: &str) -> Option<Url> {
    let mut url = Url::parse(config.end_session_url.as_deref()?).ok()?;
    url.query_pairs_mut()
        .append_pair("client_id", &config.client_id)
        .append_pair("post_logout_redirect_uri", home);
    Some(url)
}

fn client(config: &OauthConfig) -> Result<Client, ConfigFault> {
    if config.mode == OauthMode::Mediated {
        return Err(ConfigFault::Mediated);
    }
    let token_url = config.token_url.clone().ok_or(ConfigFault::NoTokenUrl)?;
    let not_a_url = |_| ConfigFault::NotAUrl;
    Ok(BasicClient::new(ClientId::new(config.client_id.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(config.authorize_url.clone()).map_err(not_a_url)?)
        .set_token_uri(TokenUrl::new(token_url).map_err(not_a_url)?)
        .set_redirect_uri(RedirectUrl::new(config.redirect_uri.clone()).map_err(not_a_url)?))
}

/// Why there is no HTTP answer.
#[derive(Debug, Error)]
enum SendError {
    #[error("no answer")]
    NoAnswer,
    #[error("not an HTTP answer")]
    NotHttp,
}

fn refusal(error: BasicRequestTokenError<SendError>) -> SignInError {
    use oauth2::RequestTokenError::{Other, Parse, Request, ServerResponse};
    match error {
        ServerResponse(answer) => SignInError::Refused {
            error: answer.error().to_string(),
            description: answer.error_description().cloned(),
        },
        Request(SendError::NoAnswer) => SignInError::Unreachable,
        Request(SendError::NotHttp) | Parse(..) | Other(_) => SignInError::Unreadable,
    }
}

async fn send(request: HttpRequest) -> Result<HttpResponse, SendError> {
    let url = request.uri().to_string();
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect();
    let form = String::from_utf8(request.into_body()).map_err(|_| SendError::NotHttp)?;
    let response = post(&url, form, &headers, TIME_LIMIT)
        .await
        .map_err(|_| SendError::NoAnswer)?;
    let mut answer = http::Response::builder().status(response.status());
    if let Some(media_type) = response.headers().get("content-type") {
        answer = answer.header(http::header::CONTENT_TYPE, media_type);
    }
    let body = response.binary().await.map_err(|_| SendError::NoAnswer)?;
    answer.body(body).map_err(|_| SendError::NotHttp)
}

async fn post(
    url: &str,
    form: String,
    headers: &[(String, String)],
    time_limit: u32,
) -> Result<gloo_net::http::Response, gloo_net::Error> {
    let mut builder = Request::post(url)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_limit)))
        .header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    builder.body(form)?.send().await
}
