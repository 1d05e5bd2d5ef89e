//! `POST /api/v1/migrations`.

use super::request::{Body, IdempotencyKey, IfMatch};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::sources::Origin;
use crate::service::transfers::{self, Attempt};
use crate::state::AppState;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use shared::api::{MigrationRequest, Receipt};
use shared::problem::Problem;

/// Migrate the user's legacy collections as planned and chosen.
#[utoipa::path(
    post,
    path = "/api/v1/migrations",
    security(("bearer" = [])),
    request_body = MigrationRequest,
    params(
        ("If-Match" = String, Header, description = "The plan's fingerprint, in quotes"),
        ("Idempotency-Key" = String, Header, description = "Names this request: its repetition within 24 hours gives the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "email-not-verified"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "idempotency-in-progress: the first request with this key is still running", headers(("Retry-After" = String, description = "Seconds"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "stale-plan, with the fresh plan"),
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
    body: Body<MigrationRequest>,
) -> Result<Response, ApiError> {
    let executed = transfers::execute(
        &state.store,
        &state.running,
        &Attempt {
            user: &user,
            origin: Origin::Legacy,
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
