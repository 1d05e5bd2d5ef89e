//! What surrounds every request.
//!
//! - [`request_id`]: names it
//! - `trace_context`: the trace it belongs to
//! - [`problem`]: writes and logs errors, once
//! - [`audit`]: notes what was refused
//! - [`rate_limit`]: counts requests to the API
//! - [`headers`]: what browsers are told to forbid

mod audit;
mod headers;
mod problem;
mod rate_limit;
mod request_id;
mod trace_context;

pub use audit::Asker;
pub use request_id::RequestId;

use crate::error::ApiError;
use crate::state::AppState;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

/// Shorter answers fit into one packet anyway.
const WORTH_COMPRESSING: u64 = 1024;

/// Puts everything around a router; the last one named is the outermost.
pub fn around(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let pays = DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING));
    router
        .layer(from_fn_with_state(state.clone(), rate_limit::count))
        .layer(from_fn_with_state(state.clone(), audit::note_refusals))
        .layer(CatchPanicLayer::custom(|_| ApiError::Panic.into_response()))
        .layer(from_fn(problem::write_and_log))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(CompressionLayer::new().compress_when(pays))
        .layer(from_fn(request_id::name))
}
