//! Security headers.

use crate::config::Mode;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};
use url::Url;

const FIXED: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Lasts a year. Browsers then never use plain HTTP for this host. Other hosts of the domain are
/// not ours to bind.
const HSTS: &str = "max-age=31536000";

pub(super) async fn secure(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if state.config.http.public_url.scheme() == "https" {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HSTS),
        );
    }
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        // Personal data must not be stored by browsers and proxies.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(&state));
    response
}

/// The policy changes once, when the auth server's endpoints are discovered.
fn policy(state: &AppState) -> HeaderValue {
    let version = usize::from(state.endpoints.discovered().is_some());
    let policy = state.policies[version].get_or_init(|| {
        // Origins and hashes are ASCII. The fallback allows nothing.
        HeaderValue::from_str(&content_security_policy(state))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"))
    });
    policy.clone()
}

/// Allows scripts and styles of this server, WebAssembly, the inline scripts of the page by their
/// hashes, and connections to the auth server.
fn content_security_policy(state: &AppState) -> String {
    let scripts = state.page.script_hashes.join(" ");
    let mut origins: Vec<String> = auth_server_urls(state)
        .map(|url| url.origin().ascii_serialization())
        .collect();
    origins.sort_unstable();
    origins.dedup();
    let connect = [vec!["'self'".to_owned()], origins].concat().join(" ");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src 'self'; img-src 'self'; \
         connect-src {connect}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The known endpoints that the page calls; none in mediated mode.
fn auth_server_urls(state: &AppState) -> impl Iterator<Item = &Url> {
    let oauth = &state.config.oauth;
    let direct = matches!(oauth.mode, Mode::Direct);
    let endpoints = state.endpoints.discovered();
    let configured = [
        oauth.issuer.as_ref(),
        oauth.endpoints.token.as_ref(),
        oauth.endpoints.revoke.as_ref(),
    ];
    let discovered = [
        endpoints.map(|endpoints| &endpoints.token),
        endpoints.and_then(|endpoints| endpoints.revoke.as_ref()),
    ];
    let urls = configured.into_iter().chain(discovered).flatten();
    urls.filter(move |_| direct)
}
