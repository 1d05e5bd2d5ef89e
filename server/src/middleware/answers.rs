//! Counts large answers against the budget of their user until they are sent.

use crate::limits::RequestPermit;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn count(mut request: Request, next: Next) -> Response {
    let permit = RequestPermit::default();
    request.extensions_mut().insert(permit.clone());
    let response = next.run(request).await;
    // Answers to users are in memory already; files, which are streamed, are for everybody.
    if !permit.is_held() || response.body().size_hint().exact().is_none() {
        return response;
    }
    let (head, body) = response.into_parts();
    let answer = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let body = match permit.end(&answer) {
        Some(counted) => Body::new(counted),
        None => Body::from(answer),
    };
    Response::from_parts(head, body)
}
