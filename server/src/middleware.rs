//! Middleware of every request.
//!
//! - [`request_id`]: assigns the request id
//! - `trace_context`: reads the trace id
//! - [`problem`]: logs each request once, and writes errors
//! - [`audit`]: records refusals in the audit stream
//! - [`rate_limit`]: counts requests to the API, and submitted traits
//! - [`headers`]: security headers
//! - [`gn2_caller`], [`gn2_error`]: who calls the endpoints for GN2, and their errors
//! - [`well_formed`]: refuses malformed requests

mod answers;
mod audit;
mod gn2_caller;
mod gn2_error;
mod headers;
mod problem;
mod rate_limit;
mod request_id;
mod trace_context;
mod well_formed;

pub use audit::AuditActor;
pub use gn2_caller::FromGn2;
pub use rate_limit::requesting_address;
pub use request_id::RequestId;

use crate::error::ApiError;
use crate::state::AppState;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use http::HeaderValue;
use http::header::CACHE_CONTROL;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::set_header::SetResponseHeaderLayer;

/// Shorter responses fit into one packet.
const WORTH_COMPRESSING: u64 = 1024;

/// Adds the layers to a router. The last layer is the outermost.
pub fn around(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let pays = DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING));
    router
        .layer(from_fn(answers::count))
        .layer(from_fn(well_formed::check))
        .layer(from_fn_with_state(state.clone(), rate_limit::count))
        .layer(from_fn_with_state(state.clone(), audit::note_refusals))
        .layer(CatchPanicLayer::custom(|_| ApiError::Panic.into_response()))
        .layer(from_fn(problem::log))
        .layer(from_fn(problem::write))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(CompressionLayer::new().compress_when(pays))
        .layer(from_fn_with_state(state.clone(), request_id::name))
}

/// Adds the layers to the endpoints for GN2. Browsers never see their answers.
pub fn around_gn2(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let no_store = HeaderValue::from_static("no-store");
    router
        .layer(from_fn(answers::count))
        .layer(from_fn_with_state(state.clone(), gn2_caller::identify))
        .layer(from_fn_with_state(state.clone(), audit::note_refusals))
        .layer(CatchPanicLayer::custom(|_| ApiError::Panic.into_response()))
        .layer(from_fn(problem::log))
        .layer(from_fn(gn2_error::write))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, no_store))
        .layer(from_fn_with_state(state.clone(), request_id::name))
}
