//! Redis behind TLS.

use crate::harness::{Certificates, Redis, Setup, people};
use serde_json::json;
use server::service::clock::Ticker;

/// A Redis that also listens with TLS, and its URL.
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
async fn collections_are_moved_over_tls() {
    let certificates = Certificates::make();
    let (redis, url) = encrypted(&certificates);
    redis.load(&crate::harness::sample()).await;
    let authority = format!("--redis-ca={}", certificates.path("ca.pem").display());
    let url = format!("--redis-url={url}");
    let flags = [url.as_str(), &authority];
    let setup = Setup::on(redis, &flags, &people(), &Ticker::system()).await;
    let person = &people()[0];
    let receipt = setup.migrate(person, "key", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_eq!(receipt.body["moved"], 11);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_not_believed() {
    let certificates = Certificates::make();
    let (redis, url) = encrypted(&certificates);
    redis.load(&crate::harness::sample()).await;
    let other = Certificates::make();
    let authority = format!("--redis-ca={}", other.path("ca.pem").display());
    let url = format!("--redis-url={url}");
    let flags = [url.as_str(), &authority];
    let setup = Setup::on(redis, &flags, &people(), &Ticker::system()).await;
    let answer = setup.get(&people()[0], "/api/v1/collections").await;
    assert_eq!(answer.problem(), "store-unavailable", "{}", answer.body);
}
