//! Deletes collections by their ids.

use super::body::{Gn2Body, Message, required};
use super::caller::Caller;
use crate::gn2_error::Gn2Error;
use crate::middleware::RequestId;
use crate::routes::collections::edit_context;
use crate::routes::request::JsonBody;
use crate::service::gn2::delete::delete_chosen;
use crate::state::AppState;
use axum::extract::State;
use axum::{Extension, Json};
use std::collections::HashSet;
use uuid::Uuid;

/// Deletes from both lists if somebody is signed in, because GN2 shows both on one page. Every
/// deletion can be undone by its receipt.
pub(super) async fn delete(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<Gn2Body>,
) -> Result<Json<Message<()>>, Gn2Error> {
    let mut body = body.value;
    let ids = required(body.collection_ids.take(), "collection_ids")?;
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    let mut owners = vec![caller.owner(&state, &body).await?];
    if caller.user.is_some() && body.anon_id.is_some() {
        owners.push(caller.visitor(&state, body.anon_id).await?);
    }
    let mut deleted = 0;
    for owner in owners {
        let context = edit_context(&state, owner, caller.actor(), &request_id);
        deleted += delete_chosen(&context, |id| ids.contains(id)).await?;
    }
    let message = format!("Deleted {deleted} collections.");
    Ok(Json(Message::new(message, None)))
}
