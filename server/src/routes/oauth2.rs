//! `POST /api/v1/oauth2/token`, `…/refresh` and `…/logout`, for this server's page only.

use super::request::{JsonBody, Mediated, SameOrigin};
use crate::auth::mediated::{MediatedSession, MediationError};
use crate::auth::token::BearerToken;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::access_audit::{record_sign_in, record_sign_out};
use crate::state::AppState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{HeaderMap, StatusCode};
use shared::api::{ExchangeRequest, SignedOut, TokenResponse};
use shared::problem::Problem;
use std::time::Duration;
use uuid::Uuid;

/// How long a sign-out waits to learn whose it is.
const AUDIT_PATIENCE: Duration = Duration::from_millis(500);

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
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<ExchangeRequest>,
) -> Result<Response, ApiError> {
    let session = mediator.exchange(&body.value).await?;
    audit_sign_in(state, session.bearer(), request_id);
    Ok(mediator.respond(&session))
}

/// Records whom the new token belongs to. The page does not wait for the auth server's answer,
/// which it needs next itself, and which is then asked for only once.
fn audit_sign_in(state: AppState, token: BearerToken, request_id: RequestId) {
    tokio::spawn(async move {
        // A token that names nobody signs in nobody.
        if let Ok(verified) = state.validator.validate(&token).await {
            let person = verified.user.user_id;
            record_sign_in(&state.store, person, request_id.as_str()).await;
        }
    });
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
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let session = mediator.cookie.open(&headers);
    let presented = BearerToken::from_headers(&headers).ok();
    // Afterwards nobody knows any more whose token it was.
    let token = presented.clone();
    let token = token.or_else(|| session.as_ref().and_then(MediatedSession::bearer));
    let person = match token {
        Some(token) => person_of(&state, &token).await,
        None => None,
    };
    let revocation = mediator
        .sign_out(session.as_ref(), presented.as_ref())
        .await;
    if let Some(person) = person {
        record_sign_out(&state.store, person, request_id.as_str()).await;
    }
    Ok((mediator.cookie.end(), Json(SignedOut { revocation })).into_response())
}

/// The person of a token that is about to end, if the answer is at hand or comes at once.
async fn person_of(state: &AppState, token: &BearerToken) -> Option<Uuid> {
    let validation = state.validator.validate(token);
    let verified = tokio::time::timeout(AUDIT_PATIENCE, validation).await;
    Some(verified.ok()?.ok()?.user.user_id)
}
