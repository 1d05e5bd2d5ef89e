//! `GET /api/v1/legacy`.

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::service::sources::Origin;
use crate::service::transfers;
use crate::store::Store;
use axum::Json;
use axum::extract::State;
use shared::api::Plan;
use shared::problem::Problem;

/// What a migration of the user's legacy accounts would do. Changes nothing.
#[utoipa::path(
    get,
    path = "/api/v1/legacy",
    security(("bearer" = [])),
    responses(
        (status = 200, body = Plan),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "email-not-verified"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    user: SignedIn,
    State(store): State<Store>,
) -> Result<Json<Plan>, ApiError> {
    Ok(Json(transfers::plan(&store, &user, &Origin::Legacy).await?))
}
