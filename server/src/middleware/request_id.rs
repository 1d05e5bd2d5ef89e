//! Assigns an id to every request, for responses, problem bodies, receipts and the log.

use axum::extract::Request;
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

/// Takes a valid id from a proxy in front, else creates one.
pub(super) async fn name(mut request: Request, next: Next) -> Response {
    let received = request
        .headers()
        .get(HEADER)
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
