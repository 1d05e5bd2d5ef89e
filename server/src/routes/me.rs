//! `GET /api/v1/me`.

use super::request::SignedIn;
use axum::Json;
use shared::api::Me;

/// Returns the person who is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    security(("bearer" = [])),
    responses(
        (status = 200, body = Me),
    )
)]
pub(super) async fn get(user: SignedIn) -> Json<Me> {
    Json(user.to_me())
}
