//! Structured logs: one JSON object per line on stderr.
//!
//! Never logged: tokens, authorization codes, verifiers, secrets, e-mail addresses, names, request
//! and response bodies, and query strings. Owners and receipts appear by their ids.

use tracing_subscriber::EnvFilter;

/// Starts logging with a filter such as `info` or `server=debug`. A second call changes nothing, so
/// that tests can start several servers in one process.
pub fn init(filter: &EnvFilter) {
    let _ = tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(filter.clone())
        .try_init();
}
