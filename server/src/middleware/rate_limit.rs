//! Counts requests to the API, and says what is left.

use crate::error::ApiError;
use crate::limits::{Standings, client_address};
use crate::state::AppState;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(super) async fn count(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    // Without a socket, as in tests of the router, all requests are one client's.
    let connection = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let header = state.config.limits.proxy_header.as_ref();
    let address = client_address(request.headers(), header, connection);
    let standings = Standings::default();
    let mut response = match state.limits.count_address(address) {
        Ok(standing) => {
            if let Some(standing) = standing {
                standings.note(standing);
            }
            request.extensions_mut().insert(standings.clone());
            next.run(request).await
        }
        Err(exhausted) => {
            standings.note(exhausted.standing);
            ApiError::RateLimited(exhausted).into_response()
        }
    };
    standings.write(response.headers_mut());
    response
}
