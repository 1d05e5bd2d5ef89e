//! Signs in by our own server, which adds the client's secret and keeps the session in a cookie that scripts
//! cannot read.

use super::SignInError;
use super::callback::Accepted;
use super::tokens::{Renewal, Tokens};
use crate::api::http::{self, Body};
use crate::api::{ApiError, retry};
use crate::browser::clock::server_now;
use gloo_net::http::{Request, RequestBuilder};
use shared::api::{ExchangeRequest, OauthConfig, TokenResponse};
use web_sys::RequestCredentials;

/// Exchanges an accepted code for an access token.
pub async fn exchange(config: &OauthConfig, accepted: Accepted) -> Result<Tokens, SignInError> {
    let body = http::write(&ExchangeRequest {
        code: accepted.code.into_secret(),
        code_verifier: accepted.verifier.into_secret(),
        redirect_uri: config.redirect_uri.clone(),
    })
    .map_err(SignInError::NotAccepted)?;
    let ask = async || {
        let builder =
            Request::post("/api/v1/oauth2/token").header("content-type", "application/json");
        send(builder, Some(&body)).await
    };
    // Whatever else went wrong, the code may have been used already.
    let refused_unseen = |error: &ApiError| error.status() == Some(429);
    let answer = retry::insist(ask, refused_unseen).await;
    read(&answer.map_err(failure)?)
}

/// A fresh access token for the session of the cookie; `None` where there is no session, or it is over.
pub async fn refresh() -> Result<Option<Tokens>, ApiError> {
    match send(Request::post("/api/v1/oauth2/refresh"), None).await {
        Ok(body) if body.is_empty() => Ok(None),
        Ok(body) => Ok(read(&body).ok()),
        Err(error) if error.is_unauthenticated() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Ends the session of the cookie; revokes what it holds, and these tokens, where the sign-in server can.
pub async fn end(tokens: Option<&Tokens>) -> Result<(), ApiError> {
    let mut builder = Request::post("/api/v1/oauth2/logout");
    if let Some(tokens) = tokens {
        builder = builder.header("authorization", &tokens.bearer());
    }
    send(builder, None).await.map(|_| ())
}

/// What a failed call means for the sign-in.
pub fn failure(error: ApiError) -> SignInError {
    if error.is_passing() {
        SignInError::Unreachable
    } else {
        SignInError::NotAccepted(error)
    }
}

async fn send(builder: RequestBuilder, body: Option<&str>) -> Result<Body, ApiError> {
    // The only requests of this page that a cookie goes with.
    let builder =
        http::prepare(builder, http::TIME_LIMIT).credentials(RequestCredentials::SameOrigin);
    let request = match body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    http::send(request.map_err(|_| ApiError::Network)?).await
}

fn read(body: &Body) -> Result<Tokens, SignInError> {
    let answer: TokenResponse = body.read().map_err(|_| SignInError::Unreadable)?;
    Tokens::new(
        answer.access_token,
        answer.expires_in,
        Renewal::Cookie,
        server_now(),
    )
}
