//! Assigns an id to every request, for responses, problem bodies, receipts and the log.

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use uuid::Uuid;

const HEADER: &str = "x-request-id";
const MAX_LENGTH: usize = 64;

#[derive(Clone, Debug)]
pub struct RequestId(String);

impl RequestId {
    /// Letters, digits, `-` and `_`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes a valid id from the configured proxy in front, else creates one. A client that could
/// choose the id could give its requests those of others, in the log and in the audit stream.
pub(super) async fn name(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let proxy_header = state.config.limits.proxy_header.as_ref();
    let passed_proxy = proxy_header.is_some_and(|header| request.headers().contains_key(header));
    let received = request
        .headers()
        .get(HEADER)
        .filter(|_| passed_proxy)
        .and_then(|value| value.to_str().ok());
    let id = received
        .filter(|id| is_sound(id))
        .map_or_else(|| Uuid::new_v4().to_string(), ToOwned::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn is_sound(id: &str) -> bool {
    (1..=MAX_LENGTH).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
