//! Redis or the auth server gone: a clear answer within three seconds, and all is well when it is back.

use crate::harness::{Mood, Setup, people, within};
use futures_util::future::join_all;
use http::Method;
use serde_json::json;
use std::time::Duration;

const DEADLINE: Duration = Duration::from_secs(3);

/// Every endpoint that needs Redis answers `store-unavailable` in time.
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
async fn a_redis_that_hangs_is_reported_in_time_and_nothing_is_lost() {
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
async fn a_redis_that_crashed_is_reported_in_time_and_found_again() {
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
async fn a_user_endpoint_that_hangs_is_reported_in_time() {
    let setup = Setup::with_sample().await;
    let person = &people()[0];
    setup.auth.becomes(Mood::Hangs);
    let path = "/api/v1/collections";
    let answer = within(DEADLINE, path, setup.get(person, path)).await;
    assert_eq!(
        (answer.problem(), answer.status.as_u16()),
        ("auth-server-unavailable", 503)
    );
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.problem(), "auth-server-unavailable");
    setup.auth.becomes(Mood::Sound);
    assert_eq!(setup.get(person, "/api/v1/collections").await.status, 200);
}

#[tokio::test]
async fn what_the_auth_server_said_is_remembered_and_asked_for_once_at_a_time() {
    let setup = Setup::with(&["--token-cache-seconds=60"], &people()).await;
    let person = &people()[0];
    let asks = (0..50).map(|_| setup.get(person, "/api/v1/me"));
    let answers = join_all(asks).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(setup.auth.calls(), 1);
}
