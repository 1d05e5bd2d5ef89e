//! Signs in through our own server, which adds the client secret and keeps the session in a cookie
//! that scripts cannot read.

use super::SignInError;
use super::authorization_response::CheckedResponse;
use super::tokens::{RenewalMethod, Tokens};
use crate::api::http::{self, Body};
use crate::api::{ApiError, retry};
use crate::browser::clock::server_now;
use gloo_net::http::{Request, RequestBuilder};
use shared::api::{ExchangeRequest, OauthConfig, Revocation, SignedOut, TokenResponse};
use web_sys::RequestCredentials;

/// Exchanges an authorization code for an access token.
pub async fn exchange(
    config: &OauthConfig,
    response: CheckedResponse,
) -> Result<Tokens, SignInError> {
    let body = http::write(&ExchangeRequest {
        code: response.code.into_secret(),
        code_verifier: response.verifier.into_secret(),
        redirect_uri: config.redirect_uri.clone(),
    })
    .map_err(SignInError::NotAccepted)?;
    let request = async || {
        let builder =
            Request::post("/api/v1/oauth2/token").header("content-type", "application/json");
        send(builder, Some(&body)).await
    };
    // After any other error, the code may have been used already.
    let rate_limited = |error: &ApiError| error.status() == Some(429);
    let result = retry::with_retry_notifying(request, rate_limited).await;
    read_tokens(&result.map_err(sign_in_error)?)
}

/// Requests a new access token for the session of the cookie. `None` without a valid session.
pub async fn refresh() -> Result<Option<Tokens>, ApiError> {
    match send(Request::post("/api/v1/oauth2/refresh"), None).await {
        Ok(body) if body.is_empty() => Ok(None),
        Ok(body) => Ok(read_tokens(&body).ok()),
        Err(error) if error.requires_sign_in() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Ends the session of the cookie. Our server revokes its tokens and these if the sign-in server
/// supports that, and returns whether that succeeded.
pub async fn end(tokens: Option<&Tokens>) -> Result<Revocation, ApiError> {
    let mut builder = Request::post("/api/v1/oauth2/logout");
    if let Some(tokens) = tokens {
        builder = builder.header("authorization", &tokens.bearer());
    }
    let answer: SignedOut = send(builder, None).await?.read()?;
    Ok(answer.revocation)
}

pub fn sign_in_error(error: ApiError) -> SignInError {
    if error.is_transient() {
        SignInError::Unreachable
    } else {
        SignInError::NotAccepted(error)
    }
}

async fn send(builder: RequestBuilder, body: Option<&str>) -> Result<Body, ApiError> {
    let builder =
        http::prepare(builder, http::TIME_LIMIT).credentials(RequestCredentials::SameOrigin);
    let request = match body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    http::send(request.map_err(|_| ApiError::Network)?).await
}

fn read_tokens(body: &Body) -> Result<Tokens, SignInError> {
    let response: TokenResponse = body.read().map_err(|_| SignInError::Unreadable)?;
    Tokens::new(
        response.access_token,
        response.expires_in,
        RenewalMethod::Cookie,
        server_now(),
    )
}
