//! JSON bodies.

use crate::error::ApiError;
use crate::service::apart::apart;
use crate::state::AppState;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::header;
use serde::de::DeserializeOwned;
use shared::problem::Slug;

/// A JSON body: the value, and the bytes it was read from.
pub struct Body<T> {
    /// What the body says.
    pub value: T,
    /// The body as sent.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned + Send + 'static> FromRequest<AppState> for Body<T> {
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
        let sent = bytes.clone();
        // What a browser kept may be many megabytes.
        let value = apart(bytes.len(), move || read(&sent)).await?;
        Ok(Self { value, bytes })
    }
}

/// What the body says.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
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
    let mut json = serde_json::Deserializer::from_slice(bytes);
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
    Ok(value)
}
