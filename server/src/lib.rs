//! The gn-collections server: an HTTP API over GeneNetwork's Redis, and the page's static files.
//!
//! - [`config`]: settings from the environment and flags
//! - [`auth`]: turns a bearer token into a verified user; no other module reads tokens
//! - [`clock`]: the only place that reads the time
//! - [`store`]: access to Redis; no other module uses it
//! - [`service`]: use cases, independent of HTTP and Redis
//! - [`routes`], [`middleware`]: the HTTP layer
//! - [`page`]: the page's files
//! - [`limits`]: rate limits per address and user
//! - [`readiness`]: whether requests can be served
//! - [`rate_limited_query`]: results that are asked for once in an interval
//! - [`metrics`]: Prometheus metrics
//! - [`startup`]: what the log says at the start
//! - [`doctor`]: diagnosis of a deployment
//! - [`operator`]: commands for operators
//! - [`error`], [`gn2_error`]: domain errors as problem+json, and as GN2 reads them
//!
//! [`app`] builds the router from its [`state::AppState`], [`gn2_app`] that of the endpoints for
//! GN2. [`run`] and [`run_gn2`] serve them on a listener until a shutdown future resolves. Tests
//! inject both.

pub mod auth;
mod blocking;
pub mod clock;
pub mod config;
pub mod doctor;
pub mod error;
pub mod gn2_error;
pub mod limits;
pub mod metrics;
pub mod middleware;
pub mod operator;
pub mod page;
pub mod rate_limited_query;
pub mod readiness;
pub mod routes;
mod serve;
pub mod service;
pub mod startup;
pub mod state;
pub mod store;
pub mod telemetry;

pub use serve::{run, run_gn2};

use axum::Router;
use state::AppState;

pub fn app(state: AppState) -> Router {
    middleware::around(routes::router(&state), &state).with_state(state)
}

/// gn-auth's collection endpoints, as GN2 calls them.
pub fn gn2_app(state: AppState) -> Router {
    middleware::around_gn2(routes::gn2::router(), &state).with_state(state)
}
