//! Tells requests of GN2 from those of strangers by their address, and limits the strangers. All
//! visitors of GN2 share its address, so that a limit for it would stop everybody.

use super::rate_limit::{connection_address, limit};
use crate::limits::forwarded_address;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;

/// Whether the request came from an address of GN2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FromGn2(pub bool);

/// Headers of proxies. A request with one of them did not come from the other end of the
/// connection.
const PROXY_HEADERS: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

pub(super) async fn identify(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = caller(&state, &request);
    let gn2 = state.config.gn2.as_ref();
    let is_gn2 = address
        .zip(gn2)
        .is_some_and(|(address, gn2)| gn2.is_gn2(address));
    request.extensions_mut().insert(FromGn2(is_gn2));
    if is_gn2 {
        next.run(request).await
    } else {
        limit(&state, request, next).await
    }
}

/// Returns the address that the request came from; `None` if it came through a proxy that does not
/// say so, or that the operator does not trust.
fn caller(state: &AppState, request: &Request) -> Option<IpAddr> {
    let headers = request.headers();
    if let Some(name) = &state.config.limits.proxy_header {
        return forwarded_address(headers, name);
    }
    let is_forwarded = PROXY_HEADERS.iter().any(|name| headers.contains_key(*name));
    (!is_forwarded).then(|| connection_address(request))
}
