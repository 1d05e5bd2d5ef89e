//! Requests that no browser sends, byte by byte: each gets a 4xx, none a 5xx.

use crate::harness::{Setup, bearer, people};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes and returns the status of the answer.
async fn status(setup: &Setup, request: &[u8]) -> u16 {
    const STATUS_LINE: usize = "HTTP/1.1 400".len();
    let address = setup.url.strip_prefix("http://").expect("a URL");
    let mut stream = TcpStream::connect(address).await.expect("connected");
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(request).await;
    let mut line = [0; STATUS_LINE];
    let read = stream.read_exact(&mut line).await;
    let request = String::from_utf8_lossy(request);
    assert!(read.is_ok(), "no answer to {request}");
    let line = std::str::from_utf8(&line).expect("text");
    line[STATUS_LINE - 3..].parse().expect("a status")
}

const HOST: &str = "Host: collections.example.org\r\n";

fn get(target: &str) -> Vec<u8> {
    start(&format!("GET {target} HTTP/1.1"))
}

/// A request with this first line and a correct `Host` header.
fn start(line: &str) -> Vec<u8> {
    format!("{line}\r\n{HOST}\r\n").into_bytes()
}

fn odd_targets() -> Vec<(&'static str, Vec<u8>)> {
    let long = "x".repeat(300);
    vec![
        ("300 letters", get(&format!("/{long}"))),
        ("300 letters and a suffix", get(&format!("/{long}.js"))),
        ("300 letters in a folder", get(&format!("/x/{long}/y.js"))),
        (
            "300 letters of the API",
            get(&format!("/api/v1/collections/{long}")),
        ),
        ("deep path", get(&"/x".repeat(3_000))),
        ("zero byte", get("/a%00b.js")),
        ("line break", get("/a%0d%0ab.js")),
        ("not UTF-8", get("/%ff%fe")),
        ("not UTF-8 in the API", get("/api/v1/receipts/%ff")),
        (
            "path in bytes",
            b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
        ),
        ("connect", start("CONNECT x:443 HTTP/1.1")),
        ("no target", start("GET  HTTP/1.1")),
        ("odd method", start("M\u{e4}H / HTTP/1.1")),
        ("unknown method", start("BREW / HTTP/1.1")),
        ("all options", start("OPTIONS * HTTP/1.1")),
        ("odd version", start("GET / HTTP/7.3")),
    ]
}

fn odd_headers() -> Vec<(&'static str, Vec<u8>)> {
    let request = |headers: &str| format!("GET / HTTP/1.1\r\n{headers}\r\n").into_bytes();
    let twice = HOST.repeat(2);
    let old = format!("GET / HTTP/1.0\r\n{twice}\r\n");
    vec![
        ("no host", request("")),
        ("two hosts", request(&twice)),
        ("two hosts of HTTP/1.0", old.into_bytes()),
        ("empty host", request("Host:\r\n")),
        ("host with a path", request("Host: a/b\r\n")),
        (
            "host in bytes",
            b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n".to_vec(),
        ),
        (
            "many headers",
            request(&format!("{HOST}{}", "x: y\r\n".repeat(1_000))),
        ),
        ("folded header", request(&format!("{HOST}a: b\r\n c\r\n"))),
    ]
}

fn odd_bodies(bearer: &str) -> Vec<(&'static str, Vec<u8>)> {
    let post = |headers: &str, body: &str| {
        format!(
            "POST /api/v1/collections HTTP/1.1\r\n{HOST}authorization: {bearer}\r\n\
             content-type: application/json\r\n{headers}\r\n\r\n{body}"
        )
        .into_bytes()
    };
    vec![
        (
            "two lengths",
            post("content-length: 1\r\ncontent-length: 2", "{}"),
        ),
        ("odd length", post("content-length: -1", "{}")),
        ("odd coding", post("transfer-encoding: x", "{}")),
        (
            "odd chunk",
            post("transfer-encoding: chunked", "zz\r\n{}\r\n"),
        ),
        ("no JSON", post("content-length: 3", "\0\0\0")),
        (
            "lone surrogate",
            post("content-length: 18", "{\"name\": \"\\ud800\"}"),
        ),
    ]
}

#[tokio::test]
async fn odd_requests_are_refused() {
    let setup = Setup::empty().await;
    let bodies = odd_bodies(&bearer(&people()[0]));
    for (name, request) in [odd_targets(), odd_headers(), bodies].concat() {
        let status = status(&setup, &request).await;
        assert!((400..500).contains(&status), "{name}: {status}");
    }
}

#[tokio::test]
async fn plain_requests_are_answered() {
    let setup = Setup::empty().await;
    for request in [
        get("/"),
        b"GET / HTTP/1.0\r\n\r\n".to_vec(),
        get("http://collections.example.org/"),
        get(&format!("/{}", "x".repeat(200))),
    ] {
        assert_eq!(status(&setup, &request).await, 200);
    }
}

/// The server answers each of the requests that were found to fail, and says why.
#[tokio::test]
async fn path_of_300_letters_is_not_found_as_a_problem() {
    let setup = Setup::empty().await;
    for path in [format!("/{}", "x".repeat(300)), "/%00".to_owned()] {
        let answer = setup.send(http::Method::GET, &path, &[], None).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem()),
            (404, "not-found")
        );
    }
}
