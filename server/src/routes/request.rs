//! What requests are checked for before a use case sees them.
//!
//! - [`body`]: the JSON that was sent

mod body;

pub use body::Body;

use crate::error::ApiError;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use http::{HeaderMap, header};
use shared::problem::Slug;
use uuid::Uuid;

/// Header that names a request, so that its repetition is not a second one.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The fingerprint in `If-Match: "<fingerprint>"`.
pub struct IfMatch(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = text(&parts.headers, header::IF_MATCH.as_str()).ok_or_else(|| {
            ApiError::request(Slug::PreconditionRequired, "If-Match", "it is missing")
        })?;
        opaque(value)
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

    /// A key that is there must be a sound one.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ApiError> {
        if parts.headers.contains_key(IDEMPOTENCY_KEY) {
            let key = <Self as FromRequestParts<S>>::from_request_parts(parts, state);
            key.await.map(Some)
        } else {
            Ok(None)
        }
    }
}

/// The id in the path. What is no UUID names nothing.
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        <axum::extract::Path<Uuid> as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map(|path| Self(path.0))
            .map_err(|_| nothing())
    }
}

/// The id and the number in a path; anything else is not found.
pub struct Numbered {
    /// Of the collection.
    pub id: Uuid,
    /// Of its change.
    pub number: u32,
}

impl<S: Send + Sync> FromRequestParts<S> for Numbered {
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

/// What an entity tag says. A proxy that compresses answers marks our tags as weak; they are hashes, and say the same.
pub(super) fn opaque(tag: &str) -> Option<&str> {
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

/// Answers for API paths that do not exist.
pub async fn not_found() -> ApiError {
    nothing()
}

/// Answers for methods that a path does not have.
pub async fn method_not_allowed() -> ApiError {
    ApiError::Request {
        slug: Slug::MethodNotAllowed,
        errors: Vec::new(),
    }
}
