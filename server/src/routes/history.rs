//! `/api/v1/collections/{id}/history`.

use super::collections::{editor, tag, versioned};
use super::request::{Id, IfMatch, Numbered};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::middleware::RequestId;
use crate::service::collections;
use crate::state::AppState;
use crate::store::Store;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{HeaderMap, header};
use shared::api::{CollectionSummary, History};
use shared::problem::Problem;

/// The last changes of a collection, the newest first. What other programs have changed is one of them.
#[utoipa::path(
    get,
    path = "/api/v1/collections/{id}/history",
    security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Id of the collection")),
    responses(
        (status = 200, body = History, headers(("ETag" = String, description = "Version of the collection that they led to"))),
        (status = 304, description = "The collection is still the one named in If-None-Match"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    user: SignedIn,
    State(store): State<Store>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let history = collections::history(&store, user.user_id, id).await?;
    Ok(versioned(&headers, history))
}

/// Make a collection what it was before a change. That is a change too, and can be gone back over. The same request again,
/// with the same `If-Match`, is answered alike as long as nobody else has changed the collection.
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
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "not-found: there is no such collection, or its history has no such change"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "precondition-failed: the collection was changed since"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn restore(
    user: SignedIn,
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    Numbered { id, number }: Numbered,
    IfMatch(seen): IfMatch,
) -> Result<Response, ApiError> {
    let editor = editor(&state, &user, &request_id);
    let changed = editor.go_back(id, seen, number).await?;
    let headers = [(header::ETAG, tag(&changed.version))];
    Ok((headers, Json(changed.value)).into_response())
}
