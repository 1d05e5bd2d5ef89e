//! Clients that send large bodies slowly, or do not read their answers, take little memory and do
//! not keep the server from stopping.

use crate::harness::{
    ApiResponse, Person, Redis, ServerProcess, Setup, UserEndpoint, bearer, people,
};
use http::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TOKEN: &str = "/api/v1/oauth2/token";
const PLAN: &str = "/api/v1/imports/plan";
const LISTS: &str = "/api/v1/collections";
const OWN: [(&str, &str); 2] = [
    ("sec-fetch-site", "same-origin"),
    ("origin", "https://collections.example.org"),
];

/// Sends bytes on a connection that stays open.
async fn open(url: &str, bytes: &[u8]) -> TcpStream {
    let address = url.strip_prefix("http://").expect("a URL");
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(bytes).await.expect("sent");
    stream
}

/// The head of a `POST` with a JSON body of this length.
fn head(path: &str, headers: &[(&str, &str)], length: usize) -> String {
    let headers: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n{}\r\n",
        headers.concat()
    )
}

/// Repeats a request until the answer is as expected.
async fn until<F: Future<Output = ApiResponse>>(
    status: u16,
    request: impl Fn() -> F,
) -> ApiResponse {
    let begun = Instant::now();
    loop {
        let answer = request().await;
        if answer.status == status {
            return answer;
        }
        let passed = begun.elapsed();
        assert!(
            passed < Duration::from_mins(1),
            "{} instead of {status}",
            answer.status
        );
    }
}

#[tokio::test]
async fn sign_in_reads_16_kib_at_most() {
    let setup = Setup::empty().await;
    for (length, problem) in [(10_000, "invalid-request"), (17_000, "payload-too-large")] {
        let body = json!({ "code": "x".repeat(length) });
        let answer = setup.send(Method::POST, TOKEN, &OWN, Some(&body)).await;
        assert_eq!(answer.problem(), problem, "{length}");
    }
}

#[tokio::test]
async fn direct_sign_in_reads_no_body_at_all() {
    let setup = Setup::with(&["--oauth-mode=direct"], &people()).await;
    let mut stream = open(&setup.url, head(TOKEN, &OWN, 16_000).as_bytes()).await;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 404");
}

/// The body has two minutes in all, but it must not pause for long.
#[tokio::test]
async fn body_that_is_sent_too_slowly_is_refused() {
    let setup = Setup::with(&["--stall-timeout-seconds=0.3"], &people()).await;
    let bearer = bearer(&people()[0]);
    // What arrived fast earns no longer pause: at the slowest pace, this took over two minutes.
    for arrived in ["{".to_owned(), "{".repeat(2_500_000)] {
        let head = head(PLAN, &[("authorization", &bearer)], 3_000_000);
        let mut stream = open(&setup.url, format!("{head}{arrived}").as_bytes()).await;
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        let read = tokio::time::timeout(Duration::from_mins(1), read);
        read.await.expect("it ends").expect("text");
        assert!(answer.contains("did not arrive in time"), "{answer}");
    }
}

#[tokio::test]
async fn address_sends_two_large_bodies_at_a_time() {
    let flags = ["--trusted-proxy-header=X-Forwarded-For"];
    let setup = Setup::with(&flags, &people()).await;
    let bearer = bearer(&people()[0]);
    let from = |address| {
        [
            ("authorization", bearer.as_str()),
            ("x-forwarded-for", address),
        ]
    };
    let begun = format!(
        "{}{}",
        head(PLAN, &from("192.0.2.1"), 900_000),
        "x".repeat(100_000)
    );
    let body = json!({ "collections": [], "filler": "x".repeat(100_000) });
    let large = |address| {
        let headers = from(address);
        let (setup, body) = (&setup, &body);
        async move { setup.send(Method::POST, PLAN, &headers, Some(body)).await }
    };
    assert_eq!(large("192.0.2.1").await.status, 422, "it is read");
    // The request may take the place that the second body would have.
    let mut streams = Vec::new();
    let refused = loop {
        streams.push(open(&setup.url, begun.as_bytes()).await);
        let answer = large("192.0.2.1").await;
        if answer.status == 429 {
            break answer;
        }
        assert!(streams.len() < 1_000, "{}", answer.status);
    };
    assert_eq!(refused.problem(), "rate-limited");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(large("192.0.2.2").await.status, 422, "somebody else");
    // Forms need no token, so they have a budget of their own, which they cannot take from others.
    assert_eq!(large_form(&setup, "192.0.2.1").await, 200, "no other form");
    let small = json!({ "collections": [] });
    let headers = from("192.0.2.1");
    let small = setup.send(Method::POST, PLAN, &headers, Some(&small)).await;
    assert_eq!(small.status, 200, "{}", small.body);
    drop(streams);
    until(422, || large("192.0.2.1")).await;
}

#[tokio::test]
async fn address_submits_two_large_forms_at_a_time() {
    let flags = ["--trusted-proxy-header=X-Forwarded-For"];
    let setup = Setup::with(&flags, &people()).await;
    let begun = format!(
        "POST /add HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         x-forwarded-for: 192.0.2.1\r\ncontent-length: 900000\r\n\r\n{}",
        "x".repeat(100_000)
    );
    let mut streams = Vec::new();
    while large_form(&setup, "192.0.2.1").await == 200 {
        streams.push(open(&setup.url, begun.as_bytes()).await);
        assert!(streams.len() < 1_000, "all are read");
    }
    assert_eq!(large_form(&setup, "192.0.2.1").await, 429);
    assert_eq!(large_form(&setup, "192.0.2.2").await, 200, "somebody else");
}

/// Submits many traits from this address. Returns the status of the answer.
async fn large_form(setup: &Setup, address: &str) -> u16 {
    let form = reqwest::Client::new()
        .post(format!("{}/add", setup.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", address)
        .body("x".repeat(100_000));
    let answer = form.send().await.expect("an answer");
    answer.status().as_u16()
}

/// Members of a collection that exceeds the smallest budget for answers.
const MEMBERS: usize = 1_200_000;

/// Gives this person a list of about 20 MB. Returns the head of a request for its collection.
async fn large_list(setup: &Setup, person: &Person) -> String {
    let id = "11111111-1111-4111-8111-111111111111";
    let time = "Nov 12 2024 03:27PM";
    let members: Vec<String> = (0..MEMBERS).map(|at| format!("trait{at:07}:D")).collect();
    let list = json!([{
        "id": id, "name": "large", "created": time, "changed": time,
        "num_members": members.len(), "members": members,
    }]);
    let list = Value::to_string(&list);
    setup
        .redis
        .hset("collections2", &person.user_id, list.as_bytes())
        .await;
    let bearer = bearer(person);
    format!("GET {LISTS}/{id} HTTP/1.1\r\nhost: x\r\nauthorization: {bearer}\r\n\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn user_who_does_not_read_gets_no_more_answers() {
    let flags = ["--answer-budget-mb=16", "--stall-timeout-seconds=3600"];
    let setup = Setup::with(&flags, &people()).await;
    let (person, other) = (&people()[0], &people()[1]);
    let request = large_list(&setup, person).await;
    let stream = open(&setup.url, request.as_bytes()).await;
    stream.peek(&mut [0]).await.expect("the answer begins");
    let refused = setup.get(person, LISTS).await;
    assert_eq!(refused.problem(), "rate-limited");
    assert_eq!(setup.get(other, LISTS).await.status, 200, "somebody else");
    drop(stream);
    until(200, || setup.get(person, LISTS)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_of_a_client_that_does_not_read_is_closed() {
    let flags = ["--answer-budget-mb=16", "--stall-timeout-seconds=1"];
    let setup = Setup::with(&flags, &people()).await;
    let person = &people()[0];
    let request = large_list(&setup, person).await;
    let mut stream = open(&setup.url, request.as_bytes()).await;
    stream.peek(&mut [0]).await.expect("the answer begins");
    // The budget is free again although nothing was read.
    until(200, || setup.get(person, LISTS)).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    assert!(read.is_err() || answer.len() < 15_000_000, "it was cut");
    // A client that reads gets all of it.
    let id = request.split(' ').nth(1).expect("a path");
    let whole = setup.get(person, id).await;
    assert_eq!(
        whole.body["members"].as_array().map(Vec::len),
        Some(MEMBERS)
    );
}

/// A request is running when its large body is counted. The auth server runs beside the test, which
/// blocks while it waits for the end of the server.
#[tokio::test(flavor = "multi_thread")]
async fn running_requests_delay_the_end_for_a_limited_time() {
    let auth = UserEndpoint::start(&people()).await;
    let redis = Redis::start();
    let variables = [
        ("GNC_SHUTDOWN_TIMEOUT_SECONDS", "0.5"),
        ("GNC_STALL_TIMEOUT_SECONDS", "3600"),
        ("GNC_BODY_TIMEOUT_SECONDS", "3600"),
        ("GNC_RATE_LIMIT", "off"),
    ];
    let server = ServerProcess::start(&redis, &auth, &variables);
    let bearer = bearer(&people()[0]);
    let head = head(PLAN, &[("authorization", &bearer)], 900_000);
    let running = format!("{head}{}", "x".repeat(100_000));
    let mut streams = Vec::new();
    let http = reqwest::Client::new();
    let large = async || {
        let request = http.post(format!("{}{PLAN}", server.url));
        let request = request.header("authorization", &bearer);
        let answer = request.json(&"x".repeat(100_000)).send().await;
        answer.expect("an answer").status()
    };
    while large().await != 429 {
        streams.push(open(&server.url, running.as_bytes()).await);
        assert!(streams.len() < 1_000, "it is not counted");
    }
    let begun = Instant::now();
    let log = tokio::task::spawn_blocking(|| server.stop()).await;
    assert!(begun.elapsed() < Duration::from_mins(1));
    let log = log.expect("stopped");
    assert!(log.contains("requests are still running"), "{log}");
}
