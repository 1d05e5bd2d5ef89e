//! `GET /api/v1/me`.

use crate::auth::SignedIn;
use axum::Json;
use shared::api::Me;
use shared::problem::Problem;

/// Who the token speaks for.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    security(("bearer" = [])),
    responses(
        (status = 200, body = Me),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(user: SignedIn) -> Json<Me> {
    Json(user.to_me())
}
