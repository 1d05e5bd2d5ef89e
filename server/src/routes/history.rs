//! `/api/v1/collections/{id}/history`.

use super::collections::{edit_context, tag, versioned};
use super::request::{ChangePath, IfMatch, PathId, SignedIn};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::collections;
use crate::service::restore_version::restore_version;
use crate::state::AppState;
use crate::store::ActorKind;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{HeaderMap, header};
use shared::api::{CollectionSummary, History};
use shared::problem::Problem;

/// Returns the last changes of a collection, the newest first. They include changes by other
/// programs.
#[utoipa::path(
    get,
    path = "/api/v1/collections/{id}/history",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the collection")),
    responses(
        (status = 200, body = History, headers(("ETag" = String, description = "Version of the collection after them"))),
        (status = 304, description = "The collection is still the one named in If-None-Match"),
    )
)]
pub(super) async fn get(
    user: SignedIn,
    State(store): State<Store>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let history = collections::history(&store, user.user_id, id).await?;
    Ok(versioned(&headers, history))
}

/// Restores a collection to its content before a change. The restore is a change too, and can be
/// reverted. The same request again, with the same `If-Match`, is answered alike as long as nobody
/// else has changed the collection.
#[utoipa::path(
    post,
    path = "/api/v1/collections/{id}/history/{number}/restore",
    security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Id of the collection"),
        ("number" = u32, Path, description = "Number of the change"),
        ("If-Match" = String, Header, description = "The collection's ETag"),
    ),
    responses(
        (status = 200, body = CollectionSummary, headers(("ETag" = String, description = "New version of the collection"))),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "not-found: there is no such collection, or its history has no such change"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
    )
)]
pub(super) async fn restore(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    ChangePath { id, number }: ChangePath,
    IfMatch(seen): IfMatch,
) -> Result<Response, ApiError> {
    let context = edit_context(&state, user.user_id, ActorKind::Person, &request_id);
    let changed = restore_version(&context, id, seen, number).await?;
    let headers = [(header::ETAG, tag(&changed.version))];
    Ok((headers, Json(changed.value)).into_response())
}
