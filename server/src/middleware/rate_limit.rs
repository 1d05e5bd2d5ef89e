//! Counts requests to the API, and traits that are submitted to the page, and reports the remaining
//! quota.

use crate::error::ApiError;
use crate::limits::{RateLimitStatuses, client_address};
use crate::state::AppState;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(super) async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") || request.method() == Method::POST {
        limit(&state, request, next).await
    } else {
        next.run(request).await
    }
}

/// Returns the address of the client, as far as the configuration trusts proxies.
pub fn requesting_address(state: &AppState, request: &Request) -> IpAddr {
    let connection = connection_address(request);
    let header = state.config.limits.proxy_header.as_ref();
    client_address(request.headers(), header, connection)
}

/// Returns the address of the other end of the connection.
pub(super) fn connection_address(request: &Request) -> IpAddr {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    // Tests of the router have no socket.
    connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}

/// Counts a request, and answers it unless there were too many.
pub(super) async fn limit(state: &AppState, mut request: Request, next: Next) -> Response {
    let address = requesting_address(state, &request);
    let statuses = RateLimitStatuses::default();
    let mut response = match state.limits.count_address(address) {
        Ok(status) => {
            if let Some(status) = status {
                statuses.add(status);
            }
            request.extensions_mut().insert(statuses.clone());
            next.run(request).await
        }
        Err(exceeded) => {
            statuses.add(exceeded.status);
            ApiError::RateLimited(exceeded).into_response()
        }
    };
    statuses.write(response.headers_mut());
    response
}
