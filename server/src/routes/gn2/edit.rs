//! New collections, names and traits. The answer is the collection as it is then stored.

use super::body::{Gn2Body, Message, required};
use super::caller::Caller;
use crate::gn2_error::Gn2Error;
use crate::middleware::RequestId;
use crate::routes::collections::edit_context;
use crate::routes::request::{JsonBody, PathId};
use crate::service::create_collection::create_collection;
use crate::service::edit::EditContext;
use crate::service::edit_collection::edit_collection;
use crate::service::gn2::list::{self, Gn2Collection};
use crate::state::AppState;
use axum::extract::State;
use axum::{Extension, Json};
use shared::api::{CreateCollection, PatchCollection};
use uuid::Uuid;

type Edited = Result<Json<Message<Gn2Collection>>, Gn2Error>;

pub(super) async fn create(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<Gn2Body>,
) -> Result<Json<Gn2Collection>, Gn2Error> {
    let body = body.value;
    let owner = caller.owner(&state, &body).await?;
    let request = CreateCollection {
        name: required(body.name, "name")?,
        members: body.traits.unwrap_or_default(),
        note: None,
    };
    let context = edit_context(&state, owner, caller.actor(), &request_id);
    let created = create_collection(&context, request, None, &[]).await?;
    let created = list::one(&state.store, owner, created.value.id).await?;
    Ok(Json(created))
}

pub(super) async fn rename(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(id): PathId,
    body: JsonBody<Gn2Body>,
) -> Edited {
    let body = body.value;
    let owner = caller.owner(&state, &body).await?;
    let new_name = required(body.new_name, "new_name")?;
    if new_name.is_empty() {
        return Ok(Json(Message::new("No new name to change to.", None)));
    }
    let patch = PatchCollection {
        name: Some(new_name),
        ..PatchCollection::default()
    };
    let message = "Collection rename successful.".to_owned();
    let context = edit_context(&state, owner, caller.actor(), &request_id);
    edit(&context, id, patch, message).await
}

pub(super) async fn add_traits(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(id): PathId,
    body: JsonBody<Gn2Body>,
) -> Edited {
    let body = body.value;
    let owner = caller.owner(&state, &body).await?;
    let add = required(body.traits, "traits")?;
    if add.is_empty() {
        return Ok(Json(Message::new("No trait to add to collection.", None)));
    }
    let message = format!("Added {} traits to collection.", add.len());
    let patch = PatchCollection {
        add,
        ..PatchCollection::default()
    };
    let context = edit_context(&state, owner, caller.actor(), &request_id);
    edit(&context, id, patch, message).await
}

pub(super) async fn remove_traits(
    caller: Caller,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(id): PathId,
    body: JsonBody<Gn2Body>,
) -> Edited {
    let body = body.value;
    let owner = caller.owner(&state, &body).await?;
    let remove = required(body.traits, "traits")?;
    if remove.is_empty() {
        let message = "No trait to remove from collection.";
        return Ok(Json(Message::new(message, None)));
    }
    let message = format!("Deleted {} traits from collection.", remove.len());
    let patch = PatchCollection {
        remove,
        ..PatchCollection::default()
    };
    let context = edit_context(&state, owner, caller.actor(), &request_id);
    edit(&context, id, patch, message).await
}

async fn edit(
    context: &EditContext<'_>,
    id: Uuid,
    patch: PatchCollection,
    message: String,
) -> Edited {
    edit_collection(context, id, None, patch).await?;
    let collection = list::one(context.store, context.owner, id).await?;
    Ok(Json(Message::new(message, Some(collection))))
}
