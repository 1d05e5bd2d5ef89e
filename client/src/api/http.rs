//! Sends a request and reads the answer, the same way for every endpoint.

use super::ApiError;
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::problem::{CONTENT_TYPE, Problem};
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

/// How long an answer may take, in milliseconds.
pub(super) const TIME_LIMIT: u32 = 10_000;

/// The same for a transfer, which may be large.
pub(super) const TRANSFER_TIME_LIMIT: u32 = 30_000;

/// A request to our own server: nothing is cached, no cookie is sent, no redirect followed.
pub(super) fn prepare(builder: RequestBuilder, time_limit: u32) -> RequestBuilder {
    builder
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_limit)))
}

/// Adds a JSON body.
pub(super) fn with_json(
    builder: RequestBuilder,
    body: &impl Serialize,
) -> Result<Request, ApiError> {
    builder.json(body).map_err(|_| ApiError::Network)
}

/// Sends a request and reads its answer.
pub(super) async fn send<T: DeserializeOwned>(request: Request) -> Result<T, ApiError> {
    let response = request.send().await.map_err(|_| ApiError::Network)?;
    let body = response.text().await.map_err(|_| ApiError::Network)?;
    read(&response, &body)
}

fn read<T: DeserializeOwned>(response: &Response, body: &str) -> Result<T, ApiError> {
    let status = response.status();
    if response.ok() {
        return serde_json::from_str(body).map_err(|_| ApiError::Unexpected { status });
    }
    let media_type = response.headers().get("content-type").unwrap_or_default();
    let is_problem = media_type.starts_with(CONTENT_TYPE);
    match serde_json::from_str::<Problem>(body) {
        Ok(problem) if is_problem => Err(ApiError::Problem(Box::new(problem))),
        _ => Err(ApiError::Unexpected { status }),
    }
}
