//! The static files of the single-page app.
//!
//! Every path that is not a file returns the page, which has its own router. Files whose names
//! contain a hash are cached for a year; the page is revalidated each time.

use super::request::BODY_LIMIT;
use super::{add, request};
use crate::page::file_name::has_hash;
use crate::page::service_worker::SCRIPT;
use crate::state::AppState;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use http::{HeaderValue, StatusCode, Uri, header};
use tower_http::services::ServeDir;

pub(super) fn router(state: &AppState) -> Router<AppState> {
    let page: MethodRouter<AppState> = get(index);
    let other = page.clone().with_state(state.clone());
    let files = ServeDir::new(&state.config.http.static_dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(other);
    Router::new()
        .route("/", page.clone())
        .route(
            "/add",
            page.clone()
                .post(add::post)
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .route("/index.html", page)
        .route(&format!("/{SCRIPT}"), get(service_worker))
        .fallback_service(
            Router::new()
                .fallback_service(files)
                .layer(from_fn(cache_control)),
        )
}

/// Returns the page. A path with a file extension, e.g. of an outdated script, is not found.
async fn index(State(state): State<AppState>, uri: Uri) -> Response {
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    if last.contains('.') && last != "index.html" {
        return request::not_found().await.into_response();
    }
    (
        [(header::CACHE_CONTROL, "no-cache")],
        Html(state.page.html.clone()),
    )
        .into_response()
}

async fn service_worker(State(state): State<AppState>) -> Response {
    let Some(script) = &state.page.service_worker else {
        return request::not_found().await.into_response();
    };
    let headers = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_TYPE, "text/javascript"),
    ];
    (headers, script.clone()).into_response()
}

async fn cache_control(request: Request, next: Next) -> Response {
    let hashed = has_hash(request.uri().path());
    let mut response = next.run(request).await;
    let value = if response.status() == StatusCode::OK && hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}
