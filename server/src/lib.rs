//! The gn-collections server: a small HTTP API over GeneNetwork's Redis, and the page's static files.
//!
//! - [`config`]: settings, each documented where it is declared
//! - [`auth`]: from a bearer token to a verified user; the only place that touches a token
//! - [`store`]: the only place that talks to Redis
//! - [`service`]: the use cases; names neither HTTP nor Redis
//! - [`routes`], [`middleware`]: the thin HTTP edge
//! - [`limits`]: how often one address, and one user, may ask
//! - [`metrics`]: figures for Prometheus
//! - [`doctor`]: what operators ask when something does not work
//! - [`operator`]: commands for those who run it
//! - [`error`]: from domain errors to problem+json
//!
//! [`app`] builds the router from its [`state::AppState`]; [`run`] serves it on a listener until told
//! to stop, so that tests inject both.

pub mod auth;
pub mod config;
pub mod doctor;
pub mod error;
pub mod limits;
pub mod metrics;
pub mod middleware;
pub mod operator;
pub mod routes;
mod serve;
pub mod service;
pub mod state;
pub mod store;
pub mod telemetry;

pub use serve::run;

use axum::Router;
use state::AppState;

/// The whole application: API, static files, and what surrounds every request.
pub fn app(state: AppState) -> Router {
    middleware::around(routes::router(&state), &state).with_state(state)
}
