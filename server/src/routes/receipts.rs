//! `/api/v1/receipts`.

use super::request::{Id, IdempotencyKey, not_found};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::receipts;
use crate::service::transfers::Executed;
use crate::service::undo::{self, UndoAttempt};
use crate::state::AppState;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{StatusCode, header};
use shared::api::{Receipt, ReceiptList};
use shared::problem::Problem;

/// The account's receipts, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/receipts",
    security(("bearer" = [])),
    responses(
        (status = 200, body = ReceiptList),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    user: SignedIn,
    State(store): State<Store>,
) -> Result<impl IntoResponse, ApiError> {
    let json = receipts::json(&store, user.user_id).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json))
}

/// One receipt of the account.
#[utoipa::path(
    get,
    path = "/api/v1/receipts/{id}",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the receipt")),
    responses(
        (status = 200, body = Receipt),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(
    user: SignedIn,
    State(store): State<Store>,
    Id(id): Id,
) -> Result<Json<Receipt>, ApiError> {
    match store.receipt(user.user_id, id).await? {
        Some(receipt) => Ok(Json(receipt)),
        None => Err(not_found().await),
    }
}

/// Take a transfer back: whole if nothing was touched since, else item by item.
#[utoipa::path(
    post,
    path = "/api/v1/receipts/{id}/undo",
    security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Id of the transfer's receipt"),
        ("Idempotency-Key" = String, Header, description = "Names this request: its repetition within 24 hours gives the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "idempotency-in-progress: the first request with this key is still running", headers(("Retry-After" = String, description = "Seconds"))),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "invalid-request: undone before, too late, or everything was changed since"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn undo(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    Id(receipt): Id,
    IdempotencyKey(idempotency_key): IdempotencyKey,
) -> Result<(StatusCode, Json<Receipt>), ApiError> {
    let attempt = UndoAttempt {
        owner: user.user_id,
        receipt,
        idempotency_key: &idempotency_key,
        request_id: request_id.as_str(),
    };
    let receipt = undo::undo(&state.store, &state.running, &attempt).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// The answer to a transfer.
pub(super) fn made(executed: Executed) -> Response {
    match executed {
        Executed::Now(json) => {
            let headers = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::CREATED, headers, json).into_response()
        }
        Executed::Before(receipt) => (StatusCode::CREATED, Json(receipt)).into_response(),
    }
}
