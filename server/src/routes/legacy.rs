//! `GET /api/v1/legacy`.

use super::request::SignedIn;
use crate::error::ApiError;
use crate::state::AppState;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use shared::api::Plan;
use shared::problem::Problem;

/// Returns the plan of a migration of the user's legacy accounts. Changes nothing.
#[utoipa::path(
    get,
    path = "/api/v1/legacy",
    security(("bearer" = [])),
    responses(
        (status = 200, body = Plan),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "email-not-verified"),
    )
)]
pub(super) async fn get(
    user: SignedIn,
    State(state): State<AppState>,
) -> Result<impl IntoResponse, ApiError> {
    let plan = state.plan_cache.migration_plan(&state.store, &user).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], plan))
}
