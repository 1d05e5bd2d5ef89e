//! Writes problem bodies and logs each request once.

use super::RequestId;
use super::trace_context::trace_id;
use crate::error::Draft;
use crate::metrics::{REQUEST_SECONDS, REQUESTS};
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, Method, header};
use shared::problem::{CONTENT_TYPE, Problem};
use std::time::{Duration, Instant};
use tracing::Instrument;

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
    let trace_id = trace_id(request.headers()).map(ToOwned::to_owned);
    // What the store says at level debug stands in this span.
    let span = tracing::debug_span!("request", request_id = id, trace_id);
    let mut response = next.run(request).instrument(span).await;
    let draft = response.extensions_mut().remove::<Draft>();
    let status = response.status().as_u16();
    let took = started.elapsed();
    count(&method, &route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match &draft {
        Some(draft) if status >= 500 => {
            tracing::error!(request_id = id, trace_id, %method, route, status, milliseconds, problem = draft.slug.as_str(), cause = %draft.cause);
        }
        Some(draft) => {
            tracing::info!(request_id = id, trace_id, %method, route, status, milliseconds, problem = draft.slug.as_str(), cause = %draft.cause);
        }
        None => tracing::info!(request_id = id, trace_id, %method, route, status, milliseconds),
    }
    if let Some(draft) = draft {
        write(&mut response, draft, id);
    }
    response
}

fn count(method: &Method, route: &str, status: u16, took: Duration) {
    // Methods are the client's text; others than these are refused anyway.
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    let labels = [
        ("route", route.to_owned()),
        ("method", method.to_owned()),
        ("status", status.to_string()),
    ];
    metrics::counter!(REQUESTS, &labels).increment(1);
    metrics::histogram!(REQUEST_SECONDS, "route" => route.to_owned()).record(took);
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
