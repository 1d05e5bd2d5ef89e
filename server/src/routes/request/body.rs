//! Bodies of requests, most of them JSON.

use crate::blocking::run_blocking;
use crate::config::HttpConfig;
use crate::error::ApiError;
use crate::limits::BodyShare;
use crate::middleware::{FromGn2, requesting_address};
use crate::state::AppState;
use axum::RequestExt;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderMap, header};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use shared::problem::Slug;
use tokio::time::Instant;

/// A JSON body: the parsed value and its bytes.
pub struct JsonBody<T> {
    pub value: T,
    pub bytes: Bytes,
    /// The memory of the bytes, until the request is answered.
    _share: BodyShare,
}

impl<T: DeserializeOwned + Send + 'static> FromRequest<AppState> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if !has_media_type(request.headers(), "application/json") {
            return Err(ApiError::request(
                Slug::MalformedRequest,
                "Content-Type",
                "it must be application/json",
            ));
        }
        let is_gn2 = request.extensions().get() == Some(&FromGn2(true));
        let address = (!is_gn2).then(|| requesting_address(state, &request));
        let mut share = state.bodies.share(address);
        let received = receive(request, &state.config.http, &mut share, usize::MAX).await?;
        let bytes = Bytes::from(received.bytes);
        let sent = bytes.clone();
        // An import may have many megabytes.
        let value = run_blocking(bytes.len(), move || read(&sent)).await?;
        Ok(Self {
            value,
            bytes,
            _share: share,
        })
    }
}

/// A body that has arrived.
#[derive(Default)]
pub struct ReceivedBody {
    /// The bytes, unless there are more than can be kept.
    pub bytes: Vec<u8>,
    /// The number of bytes that arrived.
    pub length: usize,
}

/// Receives a body, if it is not too large and arrives fast enough. No more than `kept` bytes of it
/// are kept.
pub async fn receive(
    request: Request,
    config: &HttpConfig,
    share: &mut BodyShare,
    kept: usize,
) -> Result<ReceivedBody, ApiError> {
    let (begun, pace) = (Instant::now(), config.pace);
    let mut deadline = begun + pace.stall;
    let mut chunks = request.into_limited_body().into_data_stream();
    let mut received = ReceivedBody::default();
    loop {
        let end = deadline.min(begun + config.body_timeout);
        let chunk = tokio::time::timeout_at(end, chunks.next()).await;
        let chunk = chunk.map_err(|_| {
            let reason = "it did not arrive in time";
            ApiError::request(Slug::MalformedRequest, "body", reason)
        })?;
        let Some(chunk) = chunk else {
            return Ok(received);
        };
        let chunk = chunk.map_err(unreadable)?;
        deadline = pace.extended(deadline, chunk.len());
        received.length += chunk.len();
        if received.length <= kept {
            share.grow_to(received.length)?;
            received.bytes.extend_from_slice(&chunk);
        }
    }
}

pub fn has_media_type(headers: &HeaderMap, expected: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok());
    let media_type = value.and_then(|value| value.split(';').next());
    media_type.is_some_and(|it| it.trim().eq_ignore_ascii_case(expected))
}

fn unreadable(error: axum::Error) -> ApiError {
    if error.into_inner().is::<LengthLimitError>() {
        ApiError::Request {
            slug: Slug::PayloadTooLarge,
            errors: Vec::new(),
        }
    } else {
        ApiError::request(Slug::MalformedRequest, "body", "it could not be read")
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // serde would also accept an array for a struct. The API accepts objects only.
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
        // Messages of serde may repeat the body, so the client gets only path and category.
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
