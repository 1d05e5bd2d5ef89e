//! Outages of Redis and the auth server are reported within three seconds and end without loss.

use crate::harness::{Behavior, ManualClock, Setup, people, within};
use futures_util::future::join_all;
use http::Method;
use serde_json::json;
use std::time::Duration;

const DEADLINE: Duration = Duration::from_secs(3);

/// Expects `store-unavailable` in time from every endpoint that needs Redis.
async fn store_is_unavailable(setup: &Setup) {
    let person = &people()[0];
    for path in ["/api/v1/collections", "/api/v1/legacy", "/api/v1/receipts"] {
        let answer = within(DEADLINE, path, setup.get(person, path)).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("store-unavailable", 503),
            "{path}"
        );
        assert!(
            !answer.body.to_string().contains("127.0.0.1"),
            "nothing of internals"
        );
    }
    let (path, body) = ("/api/v1/migrations", json!({}));
    let transfer = setup.transfer(person, path, "x", "k", &body);
    let answer = within(DEADLINE, path, transfer).await;
    assert_eq!(answer.problem(), "store-unavailable");
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.problem(), "store-unavailable");
    assert_eq!(
        setup.send(Method::GET, "/healthz", &[], None).await.status,
        200
    );
    assert_eq!(
        setup.get(person, "/api/v1/me").await.status,
        200,
        "this needs no Redis"
    );
}

#[tokio::test]
async fn hanging_redis_is_reported_in_time_without_loss() {
    let setup = Setup::with_sample().await;
    let person = &people()[0];
    let plan = setup.get(person, "/api/v1/legacy").await;
    let before = setup.redis.content().await;
    setup.redis.hang();
    store_is_unavailable(&setup).await;
    setup.redis.resume();
    setup.recovers().await;
    assert_eq!(setup.redis.content().await, before);
    let done = setup
        .transfer(
            person,
            "/api/v1/migrations",
            plan.fingerprint(),
            "k",
            &json!({}),
        )
        .await;
    assert_eq!(done.status, 201);
}

#[tokio::test]
async fn crashed_redis_is_reported_in_time_and_used_again() {
    let mut setup = Setup::with_sample().await;
    let person = &people()[0];
    assert_eq!(setup.migrate(person, "k", &json!({})).await.status, 201);
    let before = setup.redis.content().await;
    setup.redis.crash();
    store_is_unavailable(&setup).await;
    setup.redis.restart();
    setup.recovers().await;
    assert_eq!(setup.redis.content().await, before);
    assert_eq!(
        setup.get(person, "/api/v1/receipts").await.body["receipts"][0]["moved"],
        11
    );
}

#[tokio::test]
async fn hanging_user_endpoint_is_reported_in_time() {
    let setup = Setup::with_sample().await;
    let person = &people()[0];
    setup.auth.set_behavior(Behavior::Hangs);
    let path = "/api/v1/collections";
    let answer = within(DEADLINE, path, setup.get(person, path)).await;
    assert_eq!(
        (answer.problem(), answer.status.as_u16()),
        ("auth-server-unavailable", 503)
    );
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.problem(), "auth-server-unavailable");
    setup.auth.set_behavior(Behavior::Sound);
    assert_eq!(setup.get(person, "/api/v1/collections").await.status, 200);
}

#[tokio::test]
async fn readiness_asks_the_user_endpoint_once_in_two_seconds() {
    let clock = ManualClock::new();
    let setup = Setup::with_clock(&[], &people(), &clock.ticker()).await;
    let ready = || setup.send(Method::GET, "/readyz", &[], None);
    setup.recovers().await;
    for (probes, (behavior, status)) in [
        (Behavior::Sound, 200),
        // Any response shows that the endpoint can be reached.
        (Behavior::Fails, 200),
        (Behavior::Raises("MissingAuthorizationError"), 200),
        (Behavior::Redirects, 200),
        (Behavior::Page, 200),
        (Behavior::Hangs, 503),
    ]
    .into_iter()
    .enumerate()
    {
        setup.auth.set_behavior(behavior);
        for answer in join_all((0..50).map(|_| ready())).await {
            assert_eq!(answer.status, status, "probe {probes}");
        }
        clock.advance(Duration::from_millis(1_999));
        assert_eq!(ready().await.status, status, "probe {probes}");
        assert_eq!(setup.auth.calls(), probes + 1);
        clock.advance(Duration::from_millis(1));
    }
    setup.auth.set_behavior(Behavior::Sound);
    assert_eq!(ready().await.status, 200, "an outage is forgotten too");
}

#[tokio::test]
async fn validation_results_are_cached_and_requested_once() {
    let setup = Setup::with(&["--token-cache-seconds=60"], &people()).await;
    let person = &people()[0];
    let asks = (0..50).map(|_| setup.get(person, "/api/v1/me"));
    let answers = join_all(asks).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(setup.auth.calls(), 1);
}
