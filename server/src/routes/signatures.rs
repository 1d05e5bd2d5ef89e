//! `GET /api/v1/collections/{id}/signatures`.

use super::request::{PathId, SignedIn, not_found};
use crate::error::ApiError;
use crate::service::sign_members::sign_members;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use secrecy::ExposeSecret;
use shared::api::MemberSignatures;
use shared::problem::Problem;
use shared::trait_signature::TraitSigner;

/// Returns GN2's signatures of a collection's members, without which GN2 does not import them.
/// Members that GN2 cannot show have none.
#[utoipa::path(
    get,
    path = "/api/v1/collections/{id}/signatures",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the collection")),
    responses(
        (status = 200, body = MemberSignatures),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "not-found: the account has no such collection, or this deployment does not sign"),
    )
)]
pub(super) async fn get(
    user: SignedIn,
    State(state): State<AppState>,
    PathId(id): PathId,
) -> Result<Json<MemberSignatures>, ApiError> {
    let Some(secret) = &state.config.session_secrets.hmac_code else {
        return Err(not_found().await);
    };
    let signer = TraitSigner::new(secret.expose_secret());
    let signatures = sign_members(&state.store, signer, user.user_id, id).await?;
    Ok(Json(MemberSignatures { signatures }))
}
