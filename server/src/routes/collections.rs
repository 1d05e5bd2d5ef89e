//! `/api/v1/collections`.

use super::request::Id;
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::service::collections::{self, Versioned};
use crate::store::Store;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use shared::api::{CollectionDetail, CollectionList};
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

fn versioned<T: Serialize>(headers: &HeaderMap, answer: Versioned<T>) -> Response {
    let tag = format!("\"{}\"", answer.version);
    let seen = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let known = seen.is_some_and(|seen| seen.split(',').any(|seen| seen.trim() == tag));
    let headers = [(header::ETAG, tag)];
    if known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, Json(answer.value)).into_response()
    }
}
