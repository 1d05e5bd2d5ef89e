//! Logs each request once, and writes problem bodies.

use super::RequestId;
use super::trace_context::trace_id;
use crate::error::{ApiError, ProblemResponse};
use crate::metrics::{REQUEST_SECONDS, REQUESTS};
use crate::readiness::Conditions;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, Method, header};
use serde::Serialize;
use shared::problem::{CONTENT_TYPE, Problem};
use std::time::{Duration, Instant};
use tracing::Instrument;

/// A problem with the members that only one endpoint adds.
#[derive(Serialize)]
struct ProblemBody {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten)]
    conditions: Option<Conditions>,
}

pub(super) async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let method = request.method().clone();
    // Logs the route, not the path: paths of the page are private.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("page", MatchedPath::as_str)
        .to_owned();
    let trace_id = trace_id(request.headers()).map(ToOwned::to_owned);
    // Debug messages of the store belong to this span.
    let span = tracing::debug_span!("request", request_id = id, trace_id);
    let response = next.run(request).instrument(span).await;
    let problem = response.extensions().get::<ProblemResponse>();
    let status = response.status().as_u16();
    let took = started.elapsed();
    count(&method, &route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match problem {
        Some(problem) if status >= 500 => {
            tracing::error!(request_id = id, trace_id, %method, route, status, milliseconds, problem = problem.slug.as_str(), cause = %problem.cause);
        }
        Some(problem) => {
            tracing::info!(request_id = id, trace_id, %method, route, status, milliseconds, problem = problem.slug.as_str(), cause = %problem.cause);
        }
        None => tracing::info!(request_id = id, trace_id, %method, route, status, milliseconds),
    }
    response
}

fn count(method: &Method, route: &str, status: u16, took: Duration) {
    // Other methods are refused, and their names are chosen by clients.
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

fn request_id(request: &Request) -> String {
    let id = request.extensions().get::<RequestId>();
    id.map(|id| id.as_str().to_owned()).unwrap_or_default()
}

pub(super) async fn write(request: Request, next: Next) -> Response {
    let request_id = request_id(&request);
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<ProblemResponse>() else {
        return response;
    };
    let conditions = match &*problem.cause {
        ApiError::NotReady(conditions) => Some(*conditions),
        _ => None,
    };
    let problem = Problem {
        r#type: format!("/problems/{}", problem.slug.as_str()),
        title: problem.slug.title().to_owned(),
        status: problem.slug.status(),
        detail: problem.detail.to_owned(),
        request_id,
        plan: problem.plan,
        retry_after: problem.retry_after,
        errors: problem.errors,
    };
    let body = ProblemBody {
        problem,
        conditions,
    };
    let body = serde_json::to_vec(&body).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    *response.body_mut() = Body::from(body);
    response
}
