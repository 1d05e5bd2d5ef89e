//! `/api/v1/receipts`.

use super::request::{IdempotencyKey, PathId, SignedIn, not_found};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::receipts;
use crate::service::undo::{self, UndoRequest};
use crate::state::AppState;
use crate::store::ActorKind;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use http::{StatusCode, header};
use shared::api::{Receipt, ReceiptList};
use shared::problem::Problem;

/// Returns the account's receipts, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/receipts",
    security(("bearer" = [])),
    responses(
        (status = 200, body = ReceiptList),
    )
)]
pub(super) async fn list(
    user: SignedIn,
    State(store): State<Store>,
) -> Result<impl IntoResponse, ApiError> {
    let json = receipts::list_as_json(&store, user.user_id).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json))
}

/// Returns one receipt of the account.
#[utoipa::path(
    get,
    path = "/api/v1/receipts/{id}",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the receipt")),
    responses(
        (status = 200, body = Receipt),
    )
)]
pub(super) async fn one(
    user: SignedIn,
    State(store): State<Store>,
    PathId(id): PathId,
) -> Result<Json<Receipt>, ApiError> {
    match receipts::one(&store, user.user_id, id).await? {
        Some(receipt) => Ok(Json(receipt)),
        None => Err(not_found().await),
    }
}

/// Undoes a transfer or a deletion: as a whole if nothing was changed since, else collection by
/// collection.
#[utoipa::path(
    post,
    path = "/api/v1/receipts/{id}/undo",
    security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Id of the transfer's receipt"),
        ("Idempotency-Key" = String, Header, description = "Identifies this request: its repetition within 24 hours returns the same receipt"),
    ),
    responses(
        (status = 201, body = Receipt),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "idempotency-in-progress: the first request with this key is still running", headers(("Retry-After" = String, description = "Seconds"))),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "invalid-request: undone before, too late, or everything was changed since"),
    )
)]
pub(super) async fn undo(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(receipt): PathId,
    IdempotencyKey(idempotency_key): IdempotencyKey,
) -> Result<(StatusCode, Json<Receipt>), ApiError> {
    let request = UndoRequest {
        actor: ActorKind::Person,
        owner: user.user_id,
        receipt,
        idempotency_key,
        request_id: request_id.as_str().to_owned(),
    };
    let receipt = undo::undo(&state.store, &state.request_mutex, &request).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// Returns the response to a transfer.
pub(super) fn created(receipt: Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::CREATED, headers, receipt).into_response()
}
