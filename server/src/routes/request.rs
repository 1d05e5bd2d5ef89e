//! Extractors that check requests before a use case runs.
//!
//! - [`body`]: JSON and other bodies
//! - [`signed_in`]: the user of the bearer token
//! - [`same_origin`]: requests of this server's own page
//! - [`mediated`]: requests to the sign-in by this server

mod body;
mod mediated;
mod same_origin;
mod signed_in;

pub use body::{JsonBody, has_media_type, receive};
pub use mediated::Mediated;
pub use same_origin::SameOrigin;
pub use signed_in::SignedIn;

use crate::error::ApiError;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use http::{HeaderMap, header};
use shared::problem::Slug;
use uuid::Uuid;

/// The longest body of a request, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The fingerprint in `If-Match: "<fingerprint>"`.
pub struct IfMatch(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = text(&parts.headers, header::IF_MATCH.as_str()).ok_or_else(|| {
            ApiError::request(Slug::PreconditionRequired, "If-Match", "it is missing")
        })?;
        entity_tag_value(value)
            .map(|fingerprint| Self(fingerprint.to_owned()))
            .ok_or_else(|| {
                ApiError::request(
                    Slug::MalformedRequest,
                    "If-Match",
                    "it must be one entity tag in quotes",
                )
            })
    }
}

/// The client's key for this request: 1 to 255 visible ASCII characters.
pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        text(&parts.headers, IDEMPOTENCY_KEY)
            .filter(|key| {
                (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
            })
            .map(|key| Self(key.to_owned()))
            .ok_or_else(|| {
                ApiError::request(
                    Slug::IdempotencyKeyMissing,
                    "Idempotency-Key",
                    "it must be 1 to 255 visible ASCII characters",
                )
            })
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    /// A present key must be valid.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ApiError> {
        if parts.headers.contains_key(IDEMPOTENCY_KEY) {
            let key = <Self as FromRequestParts<S>>::from_request_parts(parts, state);
            key.await.map(Some)
        } else {
            Ok(None)
        }
    }
}

/// The UUID in the path. Any other text is not found.
pub struct PathId(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        <axum::extract::Path<Uuid> as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map(|path| Self(path.0))
            .map_err(|_| nothing())
    }
}

/// The collection and the number of a change in the path. Any other text is not found.
pub struct ChangePath {
    pub id: Uuid,
    pub number: u32,
}

impl<S: Send + Sync> FromRequestParts<S> for ChangePath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        <axum::extract::Path<(Uuid, u32)> as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map(|path| Self {
                id: path.0.0,
                number: path.0.1,
            })
            .map_err(|_| nothing())
    }
}

/// The content of an entity tag. Proxies that compress mark our tags as weak; the tags are hashes,
/// so they still compare as equal.
pub(super) fn entity_tag_value(tag: &str) -> Option<&str> {
    let tag = tag.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    tag.strip_prefix('"')?.strip_suffix('"')
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn nothing() -> ApiError {
    ApiError::Request {
        slug: Slug::NotFound,
        errors: Vec::new(),
    }
}

/// Responds to unknown API paths.
pub async fn not_found() -> ApiError {
    nothing()
}

/// Responds to methods that a path does not support.
pub async fn method_not_allowed() -> ApiError {
    ApiError::Request {
        slug: Slug::MethodNotAllowed,
        errors: Vec::new(),
    }
}
