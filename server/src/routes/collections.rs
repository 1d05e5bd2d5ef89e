//! `/api/v1/collections`.

use super::request::{IdempotencyKey, IfMatch, JsonBody, PathId, SignedIn, entity_tag_value};
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::collections::{self, CollectionError, Versioned};
use crate::service::create_collection::create_collection;
use crate::service::delete_collections::delete_collections;
use crate::service::edit::EditContext;
use crate::service::edit_collection::edit_collection;
use crate::state::AppState;
use crate::store::ActorKind;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use shared::api::{
    CollectionBatch, CollectionDetail, CollectionList, CollectionSummary, CreateCollection,
    PatchCollection,
};
use shared::edit::{Deletion, Seen};
use shared::problem::{Problem, Slug};
use uuid::Uuid;

/// Returns the account's collections, without members.
#[utoipa::path(
    get,
    path = "/api/v1/collections",
    security(("bearer" = [])),
    responses(
        (status = 200, body = CollectionList, headers(("ETag" = String, description = "Version of the whole list"))),
        (status = 304, description = "The list is still the one named in If-None-Match"),
    )
)]
pub(super) async fn list(
    user: SignedIn,
    State(store): State<Store>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(versioned(
        &headers,
        collections::list(&store, user.user_id).await?,
    ))
}

/// Returns one collection of the account, with its members.
#[utoipa::path(
    get,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Id of the collection")),
    responses(
        (status = 200, body = CollectionDetail, headers(("ETag" = String, description = "Version of this collection"))),
        (status = 304, description = "The collection is still the one named in If-None-Match"),
    )
)]
pub(super) async fn one(
    user: SignedIn,
    State(store): State<Store>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(versioned(
        &headers,
        collections::one(&store, user.user_id, id).await?,
    ))
}

/// Creates a collection.
#[utoipa::path(
    post,
    path = "/api/v1/collections",
    security(("bearer" = [])),
    request_body = CreateCollection,
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Identifies this request: its repetition finds the collection that it created"),
    ),
    responses(
        (status = 201, body = CollectionSummary, headers(
            ("ETag" = String, description = "Version of the collection"),
            ("Location" = String, description = "The collection"),
        )),
    )
)]
pub(super) async fn create(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    idempotency_key: Option<IdempotencyKey>,
    body: JsonBody<CreateCollection>,
) -> Result<Response, ApiError> {
    let context = edit_context(&state, user.user_id, ActorKind::Person, &request_id);
    let key = idempotency_key.as_ref().map(|key| key.0.as_str());
    let created = create_collection(&context, body.value, key, &body.bytes).await?;
    let location = format!("/api/v1/collections/{}", created.value.id);
    let headers = [
        (header::ETAG, tag(&created.version)),
        (header::LOCATION, location),
    ];
    Ok((StatusCode::CREATED, headers, Json(created.value)).into_response())
}

/// Renames a collection, adds or removes members. Absent fields stay as they are. The same request
/// again, with the same `If-Match`, is answered alike as long as nobody else has changed the
/// collection.
#[utoipa::path(
    patch,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    request_body = PatchCollection,
    params(
        ("id" = Uuid, Path, description = "Id of the collection"),
        ("If-Match" = String, Header, description = "The collection's ETag"),
    ),
    responses(
        (status = 200, body = CollectionSummary, headers(("ETag" = String, description = "New version of the collection"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
    )
)]
pub(super) async fn patch(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(id): PathId,
    IfMatch(seen): IfMatch,
    body: JsonBody<PatchCollection>,
) -> Result<Response, ApiError> {
    let context = edit_context(&state, user.user_id, ActorKind::Person, &request_id);
    let changed = edit_collection(&context, id, Some(seen), body.value).await?;
    let headers = [(header::ETAG, tag(&changed.version))];
    Ok((headers, Json(changed.value)).into_response())
}

/// Deletes a collection. The receipt undoes the deletion for 30 days. The same request again is
/// answered alike.
#[utoipa::path(
    delete,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "Id of the collection"),
        ("If-Match" = String, Header, description = "The collection's ETag"),
    ),
    responses(
        (status = 204, headers(("Location" = String, description = "The receipt that undoes it"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
    )
)]
pub(super) async fn delete(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    PathId(id): PathId,
    IfMatch(seen): IfMatch,
) -> Result<Response, ApiError> {
    let context = edit_context(&state, user.user_id, ActorKind::Person, &request_id);
    let seen = Seen::Version(seen);
    let receipt = delete_collections(&context, vec![Deletion { id, seen }]).await?;
    Ok(deleted(receipt))
}

/// Deletes several collections, all or none. One receipt undoes the deletion for 30 days. The same
/// request again is answered alike.
#[utoipa::path(
    post,
    path = "/api/v1/collections/batch",
    security(("bearer" = [])),
    request_body = CollectionBatch,
    responses(
        (status = 204, headers(("Location" = String, description = "The receipt that undoes it"))),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: one of the collections was changed or deleted since"),
    )
)]
pub(super) async fn batch(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    body: JsonBody<CollectionBatch>,
) -> Result<Response, ApiError> {
    let context = edit_context(&state, user.user_id, ActorKind::Person, &request_id);
    let deletions = body.value.delete.into_iter().map(|seen| Deletion {
        id: seen.id,
        seen: Seen::Shown(seen),
    });
    let deletions: Vec<Deletion> = deletions.collect();
    if deletions.is_empty() {
        let reason = "it must name a collection";
        return Err(ApiError::request(Slug::InvalidRequest, "delete", reason));
    }
    let receipt = delete_collections(&context, deletions).await;
    let receipt = receipt.map_err(|error| match error {
        // All or none: the collections that are left are not what the user saw together.
        CollectionError::NotFound => CollectionError::Changed,
        error => error,
    });
    Ok(deleted(receipt?))
}

fn deleted(receipt: Uuid) -> Response {
    let headers = [(header::LOCATION, format!("/api/v1/receipts/{receipt}"))];
    (StatusCode::NO_CONTENT, headers).into_response()
}

pub(super) fn edit_context<'a>(
    state: &'a AppState,
    owner: Uuid,
    actor: ActorKind,
    request_id: &'a RequestId,
) -> EditContext<'a> {
    EditContext {
        store: &state.store,
        account_mutex: &state.account_mutex,
        owner,
        actor,
        request_id: request_id.as_str(),
    }
}

pub(super) fn tag(version: &str) -> String {
    format!("\"{version}\"")
}

pub(super) fn versioned<T: Serialize>(headers: &HeaderMap, answer: Versioned<T>) -> Response {
    let seen = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let known = seen.is_some_and(|seen| {
        seen.split(',')
            .any(|seen| entity_tag_value(seen) == Some(answer.version.as_str()))
    });
    let headers = [(header::ETAG, tag(&answer.version))];
    if known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, Json(answer.value)).into_response()
    }
}
