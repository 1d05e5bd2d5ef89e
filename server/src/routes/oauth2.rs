//! `POST /api/v1/oauth2/token`, `…/refresh` and `…/logout`, for our own page only.

use super::request::Body;
use crate::auth::mediated::same_origin::SameOrigin;
use crate::auth::mediated::{Grant, MediationError, Mediator};
use crate::auth::token::BearerToken;
use crate::error::ApiError;
use crate::service::clock::now;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use shared::api::{ExchangeRequest, SignedOut, TokenResponse};
use shared::problem::Problem;

/// Exchanges an authorization code for an access token. What keeps the session over a reload goes into
/// an encrypted cookie.
#[utoipa::path(
    post,
    path = "/api/v1/oauth2/token",
    request_body = ExchangeRequest,
    responses(
        (status = 200, body = TokenResponse),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "invalid-request: it comes from another origin, or is no JSON"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "the auth server does not accept the code"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "this deployment signs in directly"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn token(
    _: SameOrigin,
    State(state): State<AppState>,
    body: Body<ExchangeRequest>,
) -> Result<Response, ApiError> {
    let mediator = state.mediator()?;
    let grant = mediator.exchange(&body.value).await?;
    Ok(issued(mediator, &grant))
}

/// A fresh access token for the session in the cookie, or nothing where there is none.
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
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mediator = state.mediator()?;
    let Some(session) = mediator.cookie.open(&headers) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    match mediator.refresh(&session).await {
        Ok(Some(grant)) => Ok(issued(mediator, &grant)),
        Ok(None) => Ok((StatusCode::NO_CONTENT, mediator.cookie.end()).into_response()),
        Err(error @ MediationError::Refused) => {
            Ok((mediator.cookie.end(), ApiError::from(error)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the session: the cookie is removed, and tokens are revoked where the auth server can. The
/// page's access token, in `Authorization`, is revoked with it.
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
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mediator = state.mediator()?;
    let session = mediator.cookie.open(&headers);
    let presented = BearerToken::from_headers(&headers).ok();
    let revocation = mediator
        .sign_out(session.as_ref(), presented.as_ref())
        .await;
    Ok((mediator.cookie.end(), Json(SignedOut { revocation })).into_response())
}

fn issued(mediator: &Mediator, grant: &Grant) -> Response {
    let body = Json(grant.to_wire(now().unix()));
    (mediator.cookie.keep(grant), body).into_response()
}
