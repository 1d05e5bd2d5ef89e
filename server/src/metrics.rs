//! Figures for Prometheus, on a listener of their own. What is counted where: [`describe`].
//!
//! Labels are routes, outcomes and kinds; never ids, addresses or paths.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tokio::net::TcpListener;

/// Requests by `route`, `method` and `status`.
pub const REQUESTS: &str = "gnc_http_requests_total";
/// How long they took, by `route`.
pub const REQUEST_SECONDS: &str = "gnc_http_request_duration_seconds";
/// Tokens looked at, by `outcome`: `hit`, or `miss` where the auth server had to be asked.
pub const TOKENS: &str = "gnc_token_cache_total";
/// How long the auth server took, by `outcome`: `accepted`, `refused`, `unavailable`.
pub const AUTH_SECONDS: &str = "gnc_auth_server_duration_seconds";
/// Lookups of legacy accounts, by `outcome`: `hit`, `behind` where records had changed, `not-ready`.
pub const LOOKUPS: &str = "gnc_legacy_index_lookups_total";
/// Accounts in the index.
pub const ACCOUNTS: &str = "gnc_legacy_index_accounts";
/// How long the walks over the accounts took.
pub const WALK_SECONDS: &str = "gnc_legacy_index_walk_duration_seconds";
/// Transfers and edits by `kind` and `outcome`: `committed`, or the slug of the problem.
pub const TRANSFERS: &str = "gnc_transfers_total";
/// How long Redis took, by `operation`: `query`, `pipeline`, `script`.
pub const REDIS_SECONDS: &str = "gnc_redis_duration_seconds";
/// Operations of Redis that failed, by `operation`.
pub const REDIS_ERRORS: &str = "gnc_redis_errors_total";

/// Upper bounds of the histograms, in seconds.
const BUCKETS: [f64; 12] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0,
];

/// How often old samples are merged.
const UPKEEP: Duration = Duration::from_secs(5);

/// Begins to count in this process, and serves the figures under `/metrics`.
///
/// # Errors
/// When something counts already.
pub fn start(listener: TcpListener) -> Result<(), metrics_exporter_prometheus::BuildError> {
    let seconds = Matcher::Suffix("_seconds".to_owned());
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(seconds, &BUCKETS)?
        .install_recorder()?;
    describe();
    tokio::spawn(keep_up(handle.clone()));
    tokio::spawn(async move {
        let app = Router::new()
            .route("/metrics", get(render))
            .with_state(handle);
        if let Err(error) = axum::serve(listener, app).await {
            tracing::error!(%error, "the metrics cannot be served");
        }
    });
    Ok(())
}

async fn render(State(handle): State<PrometheusHandle>) -> String {
    handle.render()
}

async fn keep_up(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}

fn describe() {
    for (name, text) in [
        (REQUESTS, "Requests by route, method and status"),
        (TOKENS, "Tokens looked at, by whether they were known"),
        (
            LOOKUPS,
            "Lookups of legacy accounts, by what the index knew",
        ),
        (TRANSFERS, "Transfers and edits by kind and outcome"),
        (REDIS_ERRORS, "Operations of Redis that failed"),
    ] {
        describe_counter!(name, text);
    }
    for (name, text) in [
        (REQUEST_SECONDS, "How long requests took, by route"),
        (
            AUTH_SECONDS,
            "How long the auth server took to judge a token",
        ),
        (
            WALK_SECONDS,
            "How long the walks over the legacy accounts took",
        ),
        (REDIS_SECONDS, "How long Redis took"),
    ] {
        describe_histogram!(name, Unit::Seconds, text);
    }
    describe_gauge!(ACCOUNTS, "Legacy accounts in the index");
}
