//! `/api/v1/receipts`.

use super::request::{Id, not_found};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::store::Store;
use axum::Json;
use axum::extract::State;
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
) -> Result<Json<ReceiptList>, ApiError> {
    Ok(Json(ReceiptList {
        receipts: store.receipts(user.user_id).await?,
    }))
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
