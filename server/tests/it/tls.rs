//! Redis behind TLS.

use crate::harness::{Certificates, Redis, Setup, people};
use serde_json::json;
use server::clock::MonotonicClock;

/// Starts a Redis with TLS. Returns its URL too.
fn encrypted(certificates: &Certificates) -> (Redis, String) {
    let port = crate::harness::free_port();
    let path = |name: &str| certificates.path(name).to_str().expect("UTF-8").to_owned();
    let (certificate, key, authority) = (path("redis.pem"), path("redis.key"), path("ca.pem"));
    let redis = Redis::start_with(&[
        "--tls-port",
        &port.to_string(),
        "--tls-cert-file",
        &certificate,
        "--tls-key-file",
        &key,
        "--tls-ca-cert-file",
        &authority,
        "--tls-auth-clients",
        "no",
    ]);
    let url = format!("rediss://{}@127.0.0.1:{port}/0", Redis::credentials());
    (redis, url)
}

#[tokio::test]
async fn migration_works_over_tls() {
    let certificates = Certificates::generate();
    let (redis, url) = encrypted(&certificates);
    redis.load(&crate::harness::sample()).await;
    let authority = format!("--redis-ca={}", certificates.path("ca.pem").display());
    let url = format!("--redis-url={url}");
    let flags = [url.as_str(), &authority];
    let setup = Setup::on(redis, &flags, &people(), &MonotonicClock::system()).await;
    let person = &people()[0];
    let receipt = setup.migrate(person, "key", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_eq!(receipt.body["moved"], 11);
}

#[tokio::test]
async fn certificate_of_an_unknown_authority_is_refused() {
    let certificates = Certificates::generate();
    let (redis, url) = encrypted(&certificates);
    redis.load(&crate::harness::sample()).await;
    let other = Certificates::generate();
    let authority = format!("--redis-ca={}", other.path("ca.pem").display());
    let url = format!("--redis-url={url}");
    let flags = [url.as_str(), &authority];
    let setup = Setup::on(redis, &flags, &people(), &MonotonicClock::system()).await;
    let answer = setup.get(&people()[0], "/api/v1/collections").await;
    assert_eq!(answer.problem(), "store-unavailable", "{}", answer.body);
}
