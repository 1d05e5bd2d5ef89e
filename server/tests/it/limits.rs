//! Rate limits, size limits and time limits.

use crate::harness::{ApiResponse, ManualClock, Setup, bearer, people};
use http::Method;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CONFIG: &str = "/api/v1/config";

async fn limited(clock: &ManualClock, more: &[&str]) -> Setup {
    let flags = [&["--rate-limit=5"], more].concat();
    Setup::with_clock(&flags, &people(), &clock.ticker()).await
}

async fn from(setup: &Setup, address: &str, path: &str, person: Option<usize>) -> ApiResponse {
    let bearer = person.map(|at| bearer(&people()[at]));
    let mut headers = vec![("x-forwarded-for", address)];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    setup.send(Method::GET, path, &headers, None).await
}

fn field<'a>(answer: &'a ApiResponse, name: &str) -> &'a str {
    answer.headers[name].to_str().expect("text")
}

#[tokio::test]
async fn address_is_limited_and_told_when_to_retry() {
    let clock = ManualClock::new();
    let setup = limited(&clock, &[]).await;
    let ask = || setup.send(Method::GET, CONFIG, &[], None);
    for left in (0..5).rev() {
        let answer = ask().await;
        assert_eq!(answer.status, 200);
        assert_eq!(field(&answer, "ratelimit-policy"), r#""address";q=5;w=60"#);
        let reset = (5 - left) * 12;
        assert_eq!(
            field(&answer, "ratelimit"),
            format!(r#""address";r={left};t={reset}"#)
        );
    }
    let refused = ask().await;
    assert_eq!(
        (refused.problem(), refused.status.as_u16()),
        ("rate-limited", 429)
    );
    assert_eq!(field(&refused, "retry-after"), "12");
    assert_eq!(field(&refused, "ratelimit"), r#""address";r=0;t=60"#);
    // The page and the health checks are not counted.
    for path in ["/", "/healthz"] {
        let answer = setup.send(Method::GET, path, &[], None).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.headers.contains_key("ratelimit"));
    }
    clock.advance(Duration::from_secs(11));
    assert_eq!(ask().await.problem(), "rate-limited");
    clock.advance(Duration::from_secs(1));
    assert_eq!(ask().await.status, 200, "what Retry-After promised");
    assert_eq!(ask().await.problem(), "rate-limited", "one, not five");
}

#[tokio::test]
async fn user_is_limited_across_addresses() {
    let clock = ManualClock::new();
    let setup = limited(&clock, &["--trusted-proxy-header=X-Forwarded-For"]).await;
    for at in 0..5 {
        let answer = from(&setup, &format!("192.0.2.{at}"), "/api/v1/me", Some(0)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            field(&answer, "ratelimit"),
            format!(
                r#""address";r=4;t=12, "user";r={};t={}"#,
                4 - at,
                (at + 1) * 12
            )
        );
    }
    let refused = from(&setup, "192.0.2.9", "/api/v1/me", Some(0)).await;
    assert_eq!(refused.problem(), "rate-limited");
    assert_eq!(field(&refused, "retry-after"), "12");
    assert!(field(&refused, "ratelimit").contains(r#""user";r=0"#));
    let other = from(&setup, "192.0.2.9", "/api/v1/me", Some(1)).await;
    assert_eq!(other.status, 200, "somebody else is not concerned");
}

#[tokio::test]
async fn token_guessing_is_limited_despite_forged_headers() {
    let clock = ManualClock::new();
    let behind_proxy = limited(&clock, &["--trusted-proxy-header=X-Forwarded-For"]).await;
    let without = limited(&clock, &[]).await;
    for (setup, last) in [(&behind_proxy, ", 192.0.2.1"), (&without, "")] {
        for at in 0..6 {
            let forged = format!("198.51.100.{at}{last}");
            let headers = [
                ("x-forwarded-for", forged.as_str()),
                ("authorization", "Bearer guess"),
            ];
            let answer = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
            let expected = if at < 5 {
                "unauthenticated"
            } else {
                "rate-limited"
            };
            assert_eq!(answer.problem(), expected, "{forged}");
        }
        assert_eq!(setup.auth.calls(), 5);
    }
}

/// Sends bytes and reads until the server closes the connection.
async fn stalls(setup: &Setup, bytes: &str) -> String {
    let address = setup.url.strip_prefix("http://").expect("a URL");
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(bytes.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    let closed = stream.read_to_string(&mut answer);
    tokio::time::timeout(Duration::from_mins(1), closed)
        .await
        .expect("the server closes the connection")
        .expect("text");
    assert!(begun.elapsed() >= Duration::from_millis(200), "not at once");
    answer
}

#[tokio::test]
async fn stalled_client_is_disconnected() {
    let flags = ["--header-timeout-seconds=0.3", "--body-timeout-seconds=0.3"];
    let setup = Setup::with(&flags, &people()).await;
    for head in ["", "GET", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        let answer = stalls(&setup, head).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    let bearer = bearer(&people()[0]);
    let head = format!(
        "POST /api/v1/imports/plan HTTP/1.1\r\nhost: x\r\nauthorization: {bearer}\r\n\
         content-type: application/json\r\ncontent-length: 1000\r\n\r\n{{\"collections\""
    );
    let answer = stalls(&setup, &head).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(
        answer.contains("/problems/invalid-request") && answer.contains("did not arrive in time"),
        "{answer}"
    );
    // Other clients are not affected.
    let answer = setup.get(&people()[0], "/api/v1/me").await;
    assert_eq!(answer.status, 200);
}
