//! Prometheus metrics, served on their own listener and described in [`describe`].
//!
//! Labels are routes, outcomes and kinds; never ids, addresses or paths.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tokio::net::TcpListener;

/// Labels: `route`, `method` and `status`.
pub const REQUESTS: &str = "gnc_http_requests_total";
/// Label: `route`.
pub const REQUEST_SECONDS: &str = "gnc_http_request_duration_seconds";
/// Label: `outcome`, which is `hit`, or `miss` if the auth server was asked.
pub const TOKENS: &str = "gnc_token_cache_total";
/// Label: `outcome`, which is `accepted`, `refused` or `unavailable`.
pub const AUTH_SECONDS: &str = "gnc_auth_server_duration_seconds";
/// Label: `outcome`, which is `hit`, `behind` if records had changed, or `not-ready`.
pub const LOOKUPS: &str = "gnc_legacy_index_lookups_total";
pub const ACCOUNTS: &str = "gnc_legacy_index_accounts";
pub const WALK_SECONDS: &str = "gnc_legacy_index_walk_duration_seconds";
/// Labels: `kind` and `outcome`, which is `committed`, the slug of the problem, or `refused` for a
/// caller of the endpoints for GN2 who may not call them.
pub const TRANSFERS: &str = "gnc_transfers_total";
/// Label: `operation`, which is `query`, `pipeline` or `script`.
pub const REDIS_SECONDS: &str = "gnc_redis_duration_seconds";
/// Label: `operation`.
pub const REDIS_ERRORS: &str = "gnc_redis_errors_total";

/// Upper bounds of the histograms, in seconds.
const BUCKETS: [f64; 12] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0,
];

const UPKEEP: Duration = Duration::from_secs(5);

/// Starts the metrics of this process and serves them under `/metrics`.
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
