//! Sends a request and reads the answer, the same way for every endpoint.

use super::{ApiError, retry};
use crate::browser::{clock, json};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::problem::{CONTENT_TYPE, Problem};
use uuid::Uuid;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

/// How long an answer may take, in milliseconds.
pub(crate) const TIME_LIMIT: u32 = 10_000;

/// The same for a transfer, which may be large.
pub(crate) const TRANSFER_TIME_LIMIT: u32 = 30_000;

/// A request to our own server: nothing is cached, no cookie is sent, no redirect followed.
pub(crate) fn prepare(builder: RequestBuilder, time_limit: u32) -> RequestBuilder {
    builder
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_limit)))
        .header("traceparent", &traceparent())
}

/// Names the request in the server's log (W3C Trace Context): a random trace, and a random part of it.
fn traceparent() -> String {
    let random = || Uuid::new_v4().simple().to_string();
    ["00", &random(), &random()[..16], "01"].join("-")
}

/// Writes a body as JSON. Fails only for types that JSON cannot hold, and ours are not such.
pub(crate) fn write(body: &impl Serialize) -> Result<String, ApiError> {
    json::write(body).ok_or(ApiError::Network)
}

/// Sends a request and gives the body of a good answer. Not generic, because what is generic is compiled
/// again for each type, and downloaded by every visitor.
pub(crate) async fn send(request: Request) -> Result<Body, ApiError> {
    let response = request.send().await.map_err(|_| ApiError::Network)?;
    if let Some(date) = response.headers().get("date") {
        clock::learn(&date);
    }
    let text = response.text().await.map_err(|_| ApiError::Network)?;
    let status = response.status();
    if matches!(status, 429 | 503)
        && let Some(retry_after) = response.headers().get("retry-after")
    {
        retry::heed(&retry_after);
    }
    if response.ok() {
        let header = |name| response.headers().get(name);
        Ok(Body {
            status,
            text,
            etag: header("etag"),
            location: header("location"),
        })
    } else {
        Err(refusal(&response, &text))
    }
}

/// A good answer: its body, and those headers that say something.
#[derive(Debug)]
pub(crate) struct Body {
    status: u16,
    text: String,
    etag: Option<String>,
    /// Where to find what was made.
    pub(super) location: Option<String>,
}

impl Body {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Reads it as JSON.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let status = self.status;
        json::read(&self.text).ok_or(ApiError::Unexpected { status })
    }

    /// The version of what it holds, quotes and all. Without one it could not be changed.
    pub(super) fn version(&self) -> Result<String, ApiError> {
        let status = self.status;
        self.etag.clone().ok_or(ApiError::Unexpected { status })
    }
}

fn refusal(response: &Response, body: &str) -> ApiError {
    let status = response.status();
    let media_type = response.headers().get("content-type").unwrap_or_default();
    let is_problem = media_type.starts_with(CONTENT_TYPE);
    match json::read::<Problem>(body) {
        Some(problem) if is_problem => ApiError::Problem(Box::new(problem)),
        _ => ApiError::Unexpected { status },
    }
}
