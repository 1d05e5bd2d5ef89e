//! `/api/v1/imports`: collections made without signing in, in this browser or in anonymous sessions
//! of GN2.

use super::request::{IdempotencyKey, IfMatch, JsonBody, SignedIn};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::transfer::{TransferRequest, execute_transfer, plan_transfer};
use crate::service::transfer_sources::{ProvenSessions, TransferOrigin};
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use secrecy::ExposeSecret;
use shared::api::{ImportPlanRequest, ImportRequest, LocalCollection, NamedSource, Plan, Receipt};
use shared::problem::{Problem, Slug};
use shared::{flask_session, session_cookie};

/// Returns the plan of an import of these collections. Changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/imports/plan",
    security(("bearer" = [])),
    request_body = ImportPlanRequest,
    responses(
        (status = 200, body = Plan),
    )
)]
pub(super) async fn plan(
    user: SignedIn,
    State(state): State<AppState>,
    cookies: CookieJar,
    body: JsonBody<ImportPlanRequest>,
) -> Result<Json<Plan>, ApiError> {
    let sessions = proven_sessions(&state, &cookies);
    let origin = origin(body.value.collections, body.value.source, sessions)?;
    Ok(Json(plan_transfer(&state.store, &user, &origin).await?))
}

/// Imports these collections as planned and chosen.
#[utoipa::path(
    post,
    path = "/api/v1/imports",
    security(("bearer" = [])),
    request_body = ImportRequest,
    params(
        ("If-Match" = String, Header, description = "The plan's fingerprint, in quotes"),
        ("Idempotency-Key" = String, Header, description = "Identifies this request: its repetition within 24 hours returns the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "idempotency-in-progress: the first request with this key is still running", headers(("Retry-After" = String, description = "Seconds"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "stale-plan, with the fresh plan"),
    )
)]
pub(super) async fn post(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    IfMatch(fingerprint): IfMatch,
    cookies: CookieJar,
    body: JsonBody<ImportRequest>,
) -> Result<Response, ApiError> {
    let sessions = proven_sessions(&state, &cookies);
    let request = TransferRequest {
        origin: origin(body.value.collections, body.value.source, sessions)?,
        choices: body.value.choices,
        fingerprint,
        idempotency_key,
        payload: body.bytes,
        request_id: request_id.as_str().to_owned(),
    };
    let receipt = execute_transfer(&state.store, &state.request_mutex, &user, request).await?;
    Ok(super::receipts::created(receipt))
}

/// Returns the sessions of GN2 that the request's cookies prove, as far as their keys are
/// configured.
fn proven_sessions(state: &AppState, cookies: &CookieJar) -> ProvenSessions {
    let secrets = &state.config.session_secrets;
    let flask = secrets.secret_key.as_ref().and_then(|secret_key| {
        let cookie = cookies.get(flask_session::cookie::NAME)?;
        flask_session::cookie::verify(secret_key.expose_secret().as_bytes(), cookie.value())
    });
    let older = secrets.hmac_code.as_ref().and_then(|code| {
        let cookie = cookies.get(session_cookie::NAME)?;
        session_cookie::verify(code.expose_secret(), cookie.value())
    });
    ProvenSessions { flask, older }
}

/// Returns where the collections come from. The body must say it in exactly one of two ways.
fn origin(
    collections: Option<Vec<LocalCollection>>,
    source: Option<NamedSource>,
    sessions: ProvenSessions,
) -> Result<TransferOrigin, ApiError> {
    match (collections, source) {
        (Some(collections), None) => Ok(TransferOrigin::Browser(collections)),
        (None, Some(NamedSource::Session)) => Ok(TransferOrigin::Sessions(sessions)),
        (Some(_), Some(_)) => Err(ApiError::request(
            Slug::InvalidRequest,
            "source",
            "it cannot be given together with collections",
        )),
        (None, None) => Err(ApiError::request(
            Slug::InvalidRequest,
            "collections",
            "either collections or source must be given",
        )),
    }
}
