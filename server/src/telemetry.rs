//! Structured logs: one JSON object a line on stderr.
//!
//! Never logged: tokens, authorization codes, verifiers, secrets, e-mail addresses, names, request
//! and response bodies, query strings. Owners and receipts are named by their ids.

use tracing_subscriber::EnvFilter;

/// Starts logging with a filter such as `info` or `server=debug`. A second call changes nothing, so
/// that tests may start several servers in one process.
pub fn init(filter: &EnvFilter) {
    let _ = tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(filter.clone())
        .try_init();
}
