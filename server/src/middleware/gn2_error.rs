//! Writes the bodies of errors for GN2.

use crate::error::ProblemResponse;
use crate::gn2_error::Gn2ErrorBody;
use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header;

pub(super) async fn write(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<ProblemResponse>() else {
        return response;
    };
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    let (status, headers) = (response.status(), response.headers().clone());
    let mut written = (status, Json(Gn2ErrorBody::from(&problem))).into_response();
    written.headers_mut().extend(headers);
    written
}
