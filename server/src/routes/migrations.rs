//! `POST /api/v1/migrations`.

use super::request::{IdempotencyKey, IfMatch, JsonBody, SignedIn};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::transfer::{TransferRequest, execute_transfer};
use crate::service::transfer_sources::TransferOrigin;
use crate::state::AppState;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use shared::api::{MigrationRequest, Receipt};
use shared::problem::Problem;

/// Migrates the user's legacy collections as planned and chosen.
#[utoipa::path(
    post,
    path = "/api/v1/migrations",
    security(("bearer" = [])),
    request_body = MigrationRequest,
    params(
        ("If-Match" = String, Header, description = "The plan's fingerprint, in quotes"),
        ("Idempotency-Key" = String, Header, description = "Identifies this request: its repetition within 24 hours returns the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "email-not-verified"),
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
    body: JsonBody<MigrationRequest>,
) -> Result<Response, ApiError> {
    let request = TransferRequest {
        origin: TransferOrigin::LegacyAccounts,
        choices: body.value.choices,
        fingerprint,
        idempotency_key,
        payload: body.bytes,
        request_id: request_id.as_str().to_owned(),
    };
    let receipt = execute_transfer(&state.store, &state.request_mutex, &user, request).await?;
    Ok(super::receipts::created(receipt))
}
