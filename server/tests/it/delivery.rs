//! Compression and persistent connections.

use crate::harness::{Setup, bearer, people};
use http::Method;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const SCRIPT: &str = "/app-0123456789abcdef.js";

/// Fetches a file with these accepted encodings. Returns the used encoding and the text.
async fn script(setup: &Setup, encodings: &str) -> (Option<String>, String) {
    let headers = [("accept-encoding", encodings)];
    let answer = setup.send(Method::GET, SCRIPT, &headers, None).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("cache-control").contains("immutable"));
    assert_eq!(answer.header("content-type"), "text/javascript");
    let encoding = answer.headers.get("content-encoding");
    let encoding = encoding.map(|value| value.to_str().expect("text").to_owned());
    let Value::String(text) = answer.body else {
        panic!("not text");
    };
    (encoding, text)
}

#[tokio::test]
async fn files_are_sent_in_their_precompressed_form() {
    let setup = Setup::empty().await;
    let (encoding, text) = script(&setup, "gzip, br").await;
    assert_eq!(
        (encoding.as_deref(), text.as_str()),
        (Some("br"), "in brotli")
    );
    let (encoding, text) = script(&setup, "gzip").await;
    assert_eq!(
        (encoding.as_deref(), text.as_str()),
        (Some("gzip"), "in gzip")
    );
    let (encoding, text) = script(&setup, "identity").await;
    assert_eq!((encoding, text.as_str()), (None, "x"));
}

#[tokio::test]
async fn only_large_responses_are_compressed() {
    let setup = Setup::with_sample().await;
    let bearer = bearer(&people()[0]);
    let headers = [
        ("authorization", bearer.as_str()),
        ("accept-encoding", "gzip"),
    ];
    let plan = setup
        .send(Method::GET, "/api/v1/legacy", &headers, None)
        .await;
    assert_eq!(plan.header("content-encoding"), "gzip");
    assert!(plan.header("vary").contains("accept-encoding"));
    let me = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
    assert!(!me.headers.contains_key("content-encoding"));
}

#[tokio::test]
async fn connection_serves_several_requests() {
    let setup = Setup::empty().await;
    let address = setup.url.trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).await.expect("connected");
    for _ in 0..3 {
        let request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        connection
            .write_all(request.as_bytes())
            .await
            .expect("sent");
        let mut answer = String::new();
        while !answer.ends_with("{\"status\":\"ok\"}") {
            let mut part = [0; 4096];
            let length = connection.read(&mut part).await.expect("an answer");
            assert!(length > 0, "the connection was closed: {answer}");
            answer.push_str(std::str::from_utf8(&part[..length]).expect("text"));
        }
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    }
}
