//! Sends requests and reads responses, the same way for every endpoint.

use super::{ApiError, retry};
use crate::browser::{clock, json};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::problem::{CONTENT_TYPE, Problem};
use uuid::Uuid;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

/// Time limit of a request, in milliseconds.
pub(crate) const TIME_LIMIT: u32 = 10_000;

/// Time limit of a request with a body, which may be large, in milliseconds.
pub(crate) const TRANSFER_TIME_LIMIT: u32 = 30_000;

/// Prepares a request to our own server: without cache, cookies and redirects.
pub(crate) fn prepare(builder: RequestBuilder, time_limit: u32) -> RequestBuilder {
    builder
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_limit)))
        .header("traceparent", &traceparent())
}

/// A random trace id and parent id, which name the request in the server's log (W3C Trace Context).
fn traceparent() -> String {
    let random = || Uuid::new_v4().simple().to_string();
    ["00", &random(), &random()[..16], "01"].join("-")
}

/// Writes a body as JSON. Fails only for types that JSON cannot express.
pub(crate) fn write(body: &impl Serialize) -> Result<String, ApiError> {
    json::write(body).ok_or(ApiError::Network)
}

/// Sends a request, and returns the body of a successful response.
pub(crate) async fn send(request: Request) -> Result<Body, ApiError> {
    let response = request.send().await.map_err(|_| ApiError::Network)?;
    if let Some(date) = response.headers().get("date") {
        clock::synchronize(&date);
    }
    let text = response.text().await.map_err(|_| ApiError::Network)?;
    let status = response.status();
    if !response.ok() {
        let error = read_error(&response, &text);
        let retry_after = response.headers().get("retry-after");
        if let Some(retry_after) = retry_after.filter(|_| error.is_transient()) {
            retry::store_retry_after(&retry_after);
        }
        return Err(error);
    }
    let header = |name| response.headers().get(name);
    Ok(Body {
        status,
        text,
        etag: header("etag"),
        location: header("location"),
    })
}

/// The body of a successful response, with the headers that the page uses.
#[derive(Debug)]
pub(crate) struct Body {
    status: u16,
    text: String,
    etag: Option<String>,
    pub(super) location: Option<String>,
}

impl Body {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Reads the body as JSON.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let status = self.status;
        json::read(&self.text).ok_or(ApiError::Unexpected { status })
    }

    /// The `ETag`, quotes included. Without one the content could not be changed later.
    pub(super) fn version(&self) -> Result<String, ApiError> {
        let status = self.status;
        self.etag.clone().ok_or(ApiError::Unexpected { status })
    }
}

fn read_error(response: &Response, body: &str) -> ApiError {
    let status = response.status();
    let media_type = response.headers().get("content-type").unwrap_or_default();
    let is_problem = media_type.starts_with(CONTENT_TYPE);
    match json::read::<Problem>(body) {
        Some(problem) if is_problem => ApiError::Problem(Box::new(problem)),
        _ => ApiError::Unexpected { status },
    }
}
