//! `POST /api/v1/oauth2/token`, `…/refresh` and `…/logout`, for this server's page only.

use super::request::{JsonBody, Mediated, SameOrigin};
use crate::auth::mediated::MediationError;
use crate::auth::token::BearerToken;
use crate::error::ApiError;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use shared::api::{ExchangeRequest, SignedOut, TokenResponse};
use shared::problem::Problem;

/// Exchanges an authorization code for an access token. An encrypted cookie keeps the session over
/// a reload.
#[utoipa::path(
    post,
    path = "/api/v1/oauth2/token",
    request_body = ExchangeRequest,
    responses(
        (status = 200, body = TokenResponse),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "invalid-request: it comes from another origin, or is no JSON"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "the auth server does not accept the code"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "this deployment signs in directly"),
    )
)]
pub(super) async fn token(
    _: SameOrigin,
    Mediated(mediator): Mediated,
    body: JsonBody<ExchangeRequest>,
) -> Result<Response, ApiError> {
    let session = mediator.exchange(&body.value).await?;
    Ok(mediator.respond(&session))
}

/// Returns a fresh access token for the session in the cookie, or nothing without a session.
#[utoipa::path(
    post,
    path = "/api/v1/oauth2/refresh",
    responses(
        (status = 200, body = TokenResponse),
        (status = 204, description = "there is no session, or it is over"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "invalid-request: it comes from another origin"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "the auth server has ended the session"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "this deployment signs in directly"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "the session is kept: ask again later"),
    )
)]
pub(super) async fn refresh(
    _: SameOrigin,
    Mediated(mediator): Mediated,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(session) = mediator.cookie.open(&headers) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    match mediator.refresh(&session).await {
        Ok(Some(session)) => Ok(mediator.respond(&session)),
        Ok(None) => Ok((StatusCode::NO_CONTENT, mediator.cookie.end()).into_response()),
        Err(error @ MediationError::GrantRefused) => {
            Ok((mediator.cookie.end(), ApiError::from(error)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the session: removes the cookie and revokes the tokens if the auth server can. The page's
/// access token, in `Authorization`, is revoked too.
#[utoipa::path(
    post,
    path = "/api/v1/oauth2/logout",
    responses(
        (status = 200, body = SignedOut),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "invalid-request: it comes from another origin"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "this deployment signs in directly"),
    )
)]
pub(super) async fn logout(
    _: SameOrigin,
    Mediated(mediator): Mediated,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let session = mediator.cookie.open(&headers);
    let presented = BearerToken::from_headers(&headers).ok();
    let revocation = mediator
        .sign_out(session.as_ref(), presented.as_ref())
        .await;
    Ok((mediator.cookie.end(), Json(SignedOut { revocation })).into_response())
}
