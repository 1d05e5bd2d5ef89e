//! A Redis that refuses the server's connection is used again as soon as it lets the server in.

use crate::harness::{Redis, Setup, people, sample};
use http::Method;
use serde_json::json;
use server::clock::MonotonicClock;

/// Starts a server that has used Redis.
async fn used() -> Setup {
    let setup = Setup::with_sample().await;
    let answer = setup.get(&people()[0], "/api/v1/collections").await;
    assert_eq!(answer.status, 200);
    setup
}

/// Expects that nothing can be read, also not by the next request.
async fn is_refused(setup: &Setup) {
    for _ in 0..3 {
        let answer = setup.get(&people()[0], "/api/v1/collections").await;
        assert_eq!(answer.problem(), "store-unavailable");
    }
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.problem(), "store-unavailable");
}

/// Expects that everything works again.
async fn heals(setup: &Setup) {
    setup.recovers().await;
    let receipt = setup.migrate(&people()[0], "key", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
}

#[tokio::test]
async fn password_that_was_changed_and_changed_back() {
    let setup = used().await;
    setup.redis.set_user(&["resetpass", ">another"]).await;
    is_refused(&setup).await;
    setup.redis.create_user().await;
    heals(&setup).await;
}

#[tokio::test]
async fn user_that_was_disabled_and_enabled() {
    let setup = used().await;
    setup.redis.set_user(&["off"]).await;
    is_refused(&setup).await;
    setup.redis.set_user(&["on"]).await;
    heals(&setup).await;
}

#[tokio::test]
async fn user_that_was_deleted_and_created() {
    let setup = used().await;
    setup.redis.delete_user().await;
    is_refused(&setup).await;
    setup.redis.create_user().await;
    heals(&setup).await;
}

#[tokio::test]
async fn wrong_password_at_the_start_that_was_corrected() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    redis.set_user(&["resetpass", ">another"]).await;
    let setup = Setup::on(redis, &[], &people(), &MonotonicClock::system()).await;
    is_refused(&setup).await;
    setup.redis.create_user().await;
    heals(&setup).await;
}

#[tokio::test]
async fn database_that_was_forbidden_and_allowed() {
    let redis = Redis::start();
    redis.set_user(&["-select"]).await;
    let url = format!("--redis-url={}", redis.url().replace("/0", "/1"));
    let setup = Setup::on(redis, &[&url], &people(), &MonotonicClock::system()).await;
    is_refused(&setup).await;
    setup.redis.create_user().await;
    setup.recovers().await;
}
