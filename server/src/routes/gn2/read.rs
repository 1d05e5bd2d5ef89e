//! Lists and collections.

use super::body::Gn2Body;
use super::caller::Caller;
use crate::gn2_error::Gn2Error;
use crate::routes::request::{JsonBody, PathId, SignedIn};
use crate::service::gn2::list::{self, Gn2Collection};
use crate::state::AppState;
use axum::Json;
use axum::extract::State;

pub(super) async fn list(
    user: SignedIn,
    State(state): State<AppState>,
) -> Result<Json<Vec<Gn2Collection>>, Gn2Error> {
    Ok(Json(list::list(&state.store, user.user_id).await?))
}

/// Returns an anonymous visitor's collections; none if the id is an account's, as gn-auth does.
pub(super) async fn anonymous_list(
    caller: Caller,
    State(state): State<AppState>,
    PathId(visitor): PathId,
) -> Result<Json<Vec<Gn2Collection>>, Gn2Error> {
    match caller.visitor(&state, Some(visitor)).await {
        Ok(visitor) => Ok(Json(list::list(&state.store, visitor).await?)),
        Err(Gn2Error::AccountId) => Ok(Json(Vec::new())),
        Err(error) => Err(error),
    }
}

pub(super) async fn one(
    caller: Caller,
    State(state): State<AppState>,
    PathId(id): PathId,
    body: JsonBody<Gn2Body>,
) -> Result<Json<Gn2Collection>, Gn2Error> {
    let owner = caller.owner(&state, &body.value).await?;
    Ok(Json(list::one(&state.store, owner, id).await?))
}
