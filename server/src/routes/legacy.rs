//! `GET /api/v1/legacy`.

use super::request::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::state::AppState;
use axum::Extension;
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
    Extension(request_id): Extension<RequestId>,
) -> Result<impl IntoResponse, ApiError> {
    let plan = state.plan_cache.migration_plan(&state.store, &user).await?;
    let (accounts, request_id) = (plan.legacy_accounts(), request_id.as_str());
    let looks = &state.recent_looks;
    looks
        .record(&state.store, user.user_id, accounts, request_id)
        .await;
    Ok(([(header::CONTENT_TYPE, "application/json")], plan.json()))
}
