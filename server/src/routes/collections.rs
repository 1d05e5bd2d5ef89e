//! `/api/v1/collections`.

use super::request::{Body, Id, IdempotencyKey, IfMatch, opaque};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::collections::{self, Versioned};
use crate::service::edits::Editor;
use crate::state::AppState;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use shared::api::{
    CollectionDetail, CollectionList, CollectionSummary, CreateCollection, PatchCollection,
};
use shared::problem::Problem;

/// The account's collections, without members.
#[utoipa::path(
    get,
    path = "/api/v1/collections",
    security(("bearer" = [])),
    responses(
        (status = 200, body = CollectionList, headers(("ETag" = String, description = "Version of the whole list"))),
        (status = 304, description = "The list is still the one named in If-None-Match"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
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

/// One collection of the account, with its members.
#[utoipa::path(
    get,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the collection")),
    responses(
        (status = 200, body = CollectionDetail, headers(("ETag" = String, description = "Version of this collection"))),
        (status = 304, description = "The collection is still the one named in If-None-Match"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(
    user: SignedIn,
    State(store): State<Store>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(versioned(
        &headers,
        collections::one(&store, user.user_id, id).await?,
    ))
}

/// Make a collection.
#[utoipa::path(
    post,
    path = "/api/v1/collections",
    security(("bearer" = [])),
    request_body = CreateCollection,
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Names this request, if given: its repetition finds the collection that it made"),
    ),
    responses(
        (status = 201, body = CollectionSummary, headers(
            ("ETag" = String, description = "Version of the collection"),
            ("Location" = String, description = "The collection"),
        )),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    idempotency_key: Option<IdempotencyKey>,
    body: Body<CreateCollection>,
) -> Result<Response, ApiError> {
    let editor = editor(&state, &user, &request_id);
    let key = idempotency_key.as_ref().map(|key| key.0.as_str());
    let made = editor.create(body.value, key, &body.bytes).await?;
    let headers = [
        (header::ETAG, tag(&made.version)),
        (
            header::LOCATION,
            format!("/api/v1/collections/{}", made.value.id),
        ),
    ];
    Ok((StatusCode::CREATED, headers, Json(made.value)).into_response())
}

/// Rename a collection, add members, take members out: what is absent stays as it is. The same request again, with the same
/// `If-Match`, is answered alike as long as nobody else has changed the collection.
#[utoipa::path(
    patch,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    request_body = PatchCollection,
    params(
        ("id" = uuid::Uuid, Path, description = "Id of the collection"),
        ("If-Match" = String, Header, description = "The collection's ETag"),
    ),
    responses(
        (status = 200, body = CollectionSummary, headers(("ETag" = String, description = "New version of the collection"))),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn patch(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    Id(id): Id,
    IfMatch(seen): IfMatch,
    body: Body<PatchCollection>,
) -> Result<Response, ApiError> {
    let editor = editor(&state, &user, &request_id);
    let changed = editor.patch(id, seen, body.value).await?;
    let headers = [(header::ETAG, tag(&changed.version))];
    Ok((headers, Json(changed.value)).into_response())
}

/// Delete a collection. Its receipt undoes that for 30 days. The same request again is answered alike.
#[utoipa::path(
    delete,
    path = "/api/v1/collections/{id}",
    security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Id of the collection"),
        ("If-Match" = String, Header, description = "The collection's ETag"),
    ),
    responses(
        (status = 204, headers(("Location" = String, description = "The receipt that undoes it"))),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    Id(id): Id,
    IfMatch(seen): IfMatch,
) -> Result<Response, ApiError> {
    let receipt = editor(&state, &user, &request_id).delete(id, seen).await?;
    let headers = [(header::LOCATION, format!("/api/v1/receipts/{receipt}"))];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

pub(super) fn editor<'a>(
    state: &'a AppState,
    user: &SignedIn,
    request_id: &'a RequestId,
) -> Editor<'a> {
    Editor {
        store: &state.store,
        turns: &state.turns,
        owner: user.user_id,
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
            .any(|seen| opaque(seen) == Some(answer.version.as_str()))
    });
    let headers = [(header::ETAG, tag(&answer.version))];
    if known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, Json(answer.value)).into_response()
    }
}
