//! The anonymous collections of somebody who has signed in: imported or deleted.

use super::body::{Gn2Body, Message};
use super::caller::Caller;
use crate::error::ApiError;
use crate::gn2_error::Gn2Error;
use crate::middleware::RequestId;
use crate::routes::collections::edit_context;
use crate::routes::request::JsonBody;
use crate::service::gn2::delete::delete_chosen;
use crate::service::gn2::import::import_all;
use crate::state::AppState;
use crate::store::ActorKind;
use axum::extract::State;
use axum::{Extension, Json};

/// Imports the anonymous collections with the default choices. The receipt, which the account sees
/// on the Activity page, undoes the import.
pub(super) async fn import(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<Gn2Body>,
) -> Result<Json<Message<()>>, Gn2Error> {
    let user = caller.user.as_ref().ok_or(ApiError::NoToken)?;
    let visitor = caller.visitor(&state, body.value.anon_id).await?;
    let (store, mutex) = (&state.store, &state.request_mutex);
    let imported = import_all(store, mutex, user, visitor, request_id.as_str()).await?;
    let message = format!("Import of {imported} was successful.");
    Ok(Json(Message::new(message, None)))
}

pub(super) async fn delete(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<Gn2Body>,
) -> Result<Json<Message<()>>, Gn2Error> {
    caller.user.as_ref().ok_or(ApiError::NoToken)?;
    let visitor = caller.visitor(&state, body.value.anon_id).await?;
    let context = edit_context(&state, visitor, ActorKind::Person, &request_id);
    let deleted = delete_chosen(&context, |_| true).await?;
    let message = format!("Deletion of {deleted} was successful.");
    Ok(Json(Message::new(message, None)))
}
