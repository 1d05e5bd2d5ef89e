//! What requests are checked for before a use case sees them.

use crate::error::ApiError;
use crate::state::AppState;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use shared::problem::Slug;
use uuid::Uuid;

/// Header that names a request, so that its repetition is not a second one.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A JSON body: the value, and the bytes it was read from.
pub struct Body<T> {
    /// What the body says.
    pub value: T,
    /// The body as sent.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .split(';')
                    .next()
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
        if !is_json {
            return Err(ApiError::request(
                Slug::MalformedRequest,
                "Content-Type",
                "it must be application/json",
            ));
        }
        let arrival = Bytes::from_request(request, state);
        let bytes = tokio::time::timeout(state.config.http.body_timeout, arrival)
            .await
            .map_err(|_| {
                let reason = "it did not arrive in time";
                ApiError::request(Slug::MalformedRequest, "body", reason)
            })?
            .map_err(|rejection| {
                if rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
                    ApiError::Request {
                        slug: Slug::PayloadTooLarge,
                        errors: Vec::new(),
                    }
                } else {
                    ApiError::request(Slug::MalformedRequest, "body", "it could not be read")
                }
            })?;
        // serde would also take a list for a struct; the contract knows objects only.
        if bytes
            .trim_ascii_start()
            .first()
            .is_some_and(|first| *first != b'{')
        {
            return Err(ApiError::request(
                Slug::InvalidRequest,
                "body",
                "it must be an object",
            ));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let slug = if error.inner().is_data() {
                Slug::InvalidRequest
            } else {
                Slug::MalformedRequest
            };
            // serde's own words may repeat the body; where and of what category it is must do.
            let reason = match error.inner().classify() {
                serde_json::error::Category::Data => {
                    "it is missing, unknown or of another type than expected"
                }
                _ => "it is not JSON",
            };
            ApiError::request(slug, &error.path().to_string(), reason)
        })?;
        json.end().map_err(|_| {
            ApiError::request(
                Slug::MalformedRequest,
                "body",
                "there is text behind the JSON",
            )
        })?;
        Ok(Self { value, bytes })
    }
}

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
