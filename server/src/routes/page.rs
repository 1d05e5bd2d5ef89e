//! The single-page app's static files.
//!
//! Every path that is not a file is the page itself, which routes by its own. Files whose names carry
//! a hash of their content are cached for good; the page is asked for anew each time.
//!
//! - [`offline`]: the service worker, which knows the files of this build

mod offline;

use super::request;
use crate::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, StatusCode, Uri, header};
use sha2::{Digest, Sha256};
use std::path::Path;
use tower_http::services::ServeDir;

/// `index.html`, and what the content security policy has to allow for it.
pub struct Page {
    html: String,
    /// `'sha256-…'` of each inline script: trunk's loader.
    pub script_hashes: Vec<String>,
    /// The service worker, if the build has one.
    service_worker: Option<String>,
}

impl Page {
    /// Reads the page once: it changes only with a deployment.
    ///
    /// # Errors
    /// When there is no readable `index.html` in the folder.
    pub fn read(static_dir: &Path) -> std::io::Result<Self> {
        let html = std::fs::read_to_string(static_dir.join("index.html"))?;
        let script_hashes = inline_scripts(&html)
            .map(|script| {
                format!(
                    "'sha256-{}'",
                    BASE64_STANDARD.encode(Sha256::digest(script))
                )
            })
            .collect();
        Ok(Self {
            service_worker: offline::service_worker(static_dir, &html)?,
            html,
            script_hashes,
        })
    }
}

/// The texts between `<script …>` and `</script>`. The page is our own build, not foreign HTML.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!script.is_empty()).then_some(script)
    })
}

/// Files where there are files, the page for every other path.
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
        .route("/index.html", page)
        .route(&format!("/{}", offline::SCRIPT), get(service_worker))
        .fallback_service(
            Router::new()
                .fallback_service(files)
                .layer(from_fn(cache_control)),
        )
}

/// The page. A path that names a file (an outdated script, say) is not a path of the page.
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

/// Asked for anew each time: the browser learns by it that there is a new build.
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

/// Whether a file name carries trunk's hash, up to 16 hex digits without leading zeros:
/// `client-3ca940a41e5c82d3_bg.wasm`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let hash = |part: &str| {
        (13..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    name.contains('.') && name.split(['-', '_', '.']).any(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found_and_linked_ones_are_not() {
        let html = r#"<head><script type="module" src="a.js"></script><script type="module">
x()</script></head>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["\nx()"]);
    }

    #[test]
    fn only_names_with_a_hash_are_cached_for_good() {
        assert!(has_hash("/client-3ca940a41e5c82d3_bg.wasm"));
        assert!(has_hash("/client-2b225e0a7926ef1.js"));
        assert!(!has_hash("/index.html"));
        assert!(!has_hash(
            "/collections/11111111-1111-4111-8111-111111111111"
        ));
    }
}
