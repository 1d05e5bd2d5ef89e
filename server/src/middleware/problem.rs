//! Writes problem bodies and logs each request once.

use super::RequestId;
use crate::error::Draft;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use shared::problem::{CONTENT_TYPE, Problem};
use std::time::Instant;

pub(super) async fn write_and_log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.as_str().to_owned())
        .unwrap_or_default();
    let method = request.method().clone();
    // The route, not the path: paths of the page are the visitor's business.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("page", MatchedPath::as_str)
        .to_owned();
    let mut response = next.run(request).await;
    let draft = response.extensions_mut().remove::<Draft>();
    let status = response.status().as_u16();
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match &draft {
        Some(draft) if status >= 500 => {
            tracing::error!(request_id = id, %method, route, status, milliseconds, problem = draft.slug.as_str(), cause = %draft.cause);
        }
        Some(draft) => {
            tracing::info!(request_id = id, %method, route, status, milliseconds, problem = draft.slug.as_str(), cause = %draft.cause);
        }
        None => tracing::info!(request_id = id, %method, route, status, milliseconds),
    }
    if let Some(draft) = draft {
        write(&mut response, draft, id);
    }
    response
}

fn write(response: &mut Response, draft: Draft, request_id: String) {
    let problem = Problem {
        r#type: format!("/problems/{}", draft.slug.as_str()),
        title: draft.slug.title().to_owned(),
        status: draft.slug.status(),
        detail: draft.detail.to_owned(),
        request_id,
        plan: draft.plan,
        errors: draft.errors,
    };
    // Texts, numbers and lists of them always serialise.
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    *response.body_mut() = Body::from(body);
}
