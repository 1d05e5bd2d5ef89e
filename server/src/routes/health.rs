//! `GET /healthz` and `GET /readyz`, for operators.

use crate::auth::AuthError;
use crate::error::ApiError;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::problem::Problem;

/// Answer of a check that passed.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Healthy {
    status: &'static str,
}

const OK: Json<Healthy> = Json(Healthy { status: "ok" });

/// The process is up.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Healthy)))]
pub(super) async fn healthz() -> Json<Healthy> {
    OK
}

/// Redis and the user endpoint can be reached.
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, body = Healthy),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<Json<Healthy>, ApiError> {
    let (store, auth_server) = tokio::join!(state.store.ping(), state.validator.reachable());
    store?;
    auth_server.map_err(AuthError::from)?;
    Ok(OK)
}
