//! `POST /api/v1/legacy/claims`.

use super::request::{JsonBody, SignedIn, not_found};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::claim::{ClaimAttempt, claim_accounts};
use crate::state::AppState;
use axum::extract::State;
use axum::{Extension, Json};
use http::StatusCode;
use shared::api::{ClaimRequest, ClaimedAccounts};
use shared::problem::Problem;

/// Claims the legacy accounts with this address and password for the signed-in user. Moves nothing:
/// `GET /api/v1/legacy` plans their collections from now on.
#[utoipa::path(
    post,
    path = "/api/v1/legacy/claims",
    security(("bearer" = [])),
    request_body = ClaimRequest,
    responses(
        (status = 201, body = ClaimedAccounts),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "claim-refused: no legacy account has this address and password; or email-not-verified"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "not-found: this deployment does not accept claims"),
    )
)]
pub(super) async fn post(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<ClaimRequest>,
) -> Result<(StatusCode, Json<ClaimedAccounts>), ApiError> {
    if !state.config.claim_by_password {
        return Err(not_found().await);
    }
    let attempt = ClaimAttempt {
        email: body.value.email,
        password: body.value.password.into(),
        request_id: request_id.as_str().to_owned(),
    };
    let claimed = claim_accounts(&state.store, &state.password_checker, &user, attempt).await?;
    let legacy_user_ids = claimed.iter().map(ToString::to_string).collect();
    Ok((
        StatusCode::CREATED,
        Json(ClaimedAccounts { legacy_user_ids }),
    ))
}
