//! `GET /healthz` and `GET /readyz`, for operators.

use crate::error::ApiError;
use crate::readiness::Conditions;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::problem::Problem;

/// The response of a successful check.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Healthy {
    status: &'static str,
}

/// The response of a server that can serve requests.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Ready {
    status: &'static str,
    #[serde(flatten)]
    conditions: Conditions,
}

/// The process is up.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Healthy)))]
pub(super) async fn healthz() -> Json<Healthy> {
    Json(Healthy { status: "ok" })
}

/// Redis takes writes, the legacy accounts are indexed, and the auth server can be reached.
///
/// Redis is asked at most once a second, the auth server at most once in two; any response of the
/// auth server counts.
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, body = Ready),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "store-unavailable or auth-server-unavailable, with the members `redis`, `index` and `auth_server` of `Ready`"),
    )
)]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<Json<Ready>, ApiError> {
    let conditions = state.readiness.check().await;
    if !conditions.is_ready() {
        return Err(ApiError::NotReady(conditions));
    }
    Ok(Json(Ready {
        status: "ok",
        conditions,
    }))
}
