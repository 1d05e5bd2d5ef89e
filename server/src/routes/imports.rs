//! `/api/v1/imports`: collections made without signing in, in this browser or in an old anonymous session.

use super::request::{Body, IdempotencyKey, IfMatch};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::sources::Origin;
use crate::service::transfers::{self, Attempt};
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use secrecy::ExposeSecret;
use shared::api::{ImportPlanRequest, ImportRequest, LocalCollection, NamedSource, Plan, Receipt};
use shared::problem::{Problem, Slug};
use shared::session_cookie;
use uuid::Uuid;

/// What an import of these collections would do. Changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/imports/plan",
    security(("bearer" = [])),
    request_body = ImportPlanRequest,
    responses(
        (status = 200, body = Plan),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn plan(
    user: SignedIn,
    State(state): State<AppState>,
    cookies: CookieJar,
    body: Body<ImportPlanRequest>,
) -> Result<Json<Plan>, ApiError> {
    let session = session(&state, &cookies);
    let origin = origin(
        body.value.collections.as_deref(),
        body.value.source,
        session,
    )?;
    Ok(Json(transfers::plan(&state.store, &user, &origin).await?))
}

/// Import these collections as planned and chosen.
#[utoipa::path(
    post,
    path = "/api/v1/imports",
    security(("bearer" = [])),
    request_body = ImportRequest,
    params(
        ("If-Match" = String, Header, description = "The plan's fingerprint, in quotes"),
        ("Idempotency-Key" = String, Header, description = "Names this request: its repetition within 24 hours gives the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "idempotency-in-progress: the first request with this key is still running", headers(("Retry-After" = String, description = "Seconds"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "stale-plan, with the fresh plan"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    IfMatch(fingerprint): IfMatch,
    cookies: CookieJar,
    body: Body<ImportRequest>,
) -> Result<Response, ApiError> {
    let session = session(&state, &cookies);
    let executed = transfers::execute(
        &state.store,
        &state.running,
        &Attempt {
            user: &user,
            origin: origin(
                body.value.collections.as_deref(),
                body.value.source,
                session,
            )?,
            choices: &body.value.choices,
            fingerprint: &fingerprint,
            idempotency_key: &idempotency_key,
            payload: &body.bytes,
            request_id: request_id.as_str(),
        },
    )
    .await?;
    Ok(super::receipts::made(executed))
}

/// The anonymous session that the request's cookie proves, if the operator lets such sessions be imported.
fn session(state: &AppState, cookies: &CookieJar) -> Option<Uuid> {
    let secret = state.config.session_secret.as_ref()?;
    let cookie = cookies.get(session_cookie::NAME)?;
    session_cookie::verify(secret.expose_secret(), cookie.value())
}

/// Where the collections come from: the body says it in exactly one of two ways.
fn origin(
    collections: Option<&[LocalCollection]>,
    source: Option<NamedSource>,
    session: Option<Uuid>,
) -> Result<Origin<'_>, ApiError> {
    match (collections, source) {
        (Some(collections), None) => Ok(Origin::Browser(collections)),
        (None, Some(NamedSource::Session)) => Ok(Origin::Session(session)),
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
