//! A thousand concurrent people cause no server errors and no growth of memory.
//!
//! The test takes two minutes, or 30 with `--long`. People pause between their requests, which
//! leaves processor time for the other tests.

use crate::harness::{Person, Record, Redis, ServerProcess, UserEndpoint, bearer, long, say, seed};
use futures_util::future::join_all;
use http::{Method, StatusCode};
use redis::AsyncCommands;
use redis::aio::MultiplexedConnection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use uuid::Uuid;

const PEOPLE: usize = 1_000;
/// The longest pause between two requests of a person.
const THOUGHT: Duration = Duration::from_secs(16);
/// Most receipts of a person. Receipts are permanent, so growing lists would increase the memory
/// that responses need.
const RECEIPTS: u64 = 10;
/// The interval between two measurements of the memory.
const SAMPLE: Duration = Duration::from_secs(5);

fn person(number: usize) -> Person {
    Person {
        user_id: Uuid::from_u128(0x4000_8000_0000_0001_0000 + number as u128).to_string(),
        name: format!("Somebody {number}"),
        email: format!("somebody{number}@example.org"),
        email_verified: true,
    }
}

/// A legacy account with eight collections of 25 members.
fn records(number: usize) -> [Record; 2] {
    let id = |n: usize| Uuid::from_u128(0x4000_9000_0000_0001_0000 + n as u128).to_string();
    let account = json!({ "user_id": id(number), "email_address": person(number).email });
    let members: Vec<String> = (0..25)
        .map(|n| format!("{n}{number}_at:HC_M2_0606_P"))
        .collect();
    let collections: Vec<Value> = (0..8)
        .map(|n| {
            json!({
                "id": id(1_000_000 + number * 10 + n), "name": format!("Collection {n}"),
                "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM",
                "num_members": 25, "members": members,
            })
        })
        .collect();
    [
        ("users", account),
        ("collections", Value::Array(collections)),
    ]
    .map(|(key, value)| Record {
        key: key.to_owned(),
        field: id(number),
        value: value.to_string(),
    })
}

/// The server, and the number of responses by status.
struct Load {
    url: String,
    client: reqwest::Client,
    redis: MultiplexedConnection,
    until: Instant,
    answers: Mutex<BTreeMap<(&'static str, StatusCode), u64>>,
}

/// Status, `ETag` and body.
type ApiResponse = (StatusCode, String, Value);

impl Load {
    async fn ask(
        &self,
        who: &Person,
        what: &'static str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> ApiResponse {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.url))
            .header("authorization", bearer(who));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.expect("the server answers");
        let status = answer.status();
        let tag = answer.headers().get("etag");
        let tag = tag
            .and_then(|tag| tag.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let text = answer.text().await.expect("a body");
        *self
            .answers
            .lock()
            .expect("not poisoned")
            .entry((what, status))
            .or_default() += 1;
        (status, tag, serde_json::from_str(&text).unwrap_or_default())
    }

    /// Executes the plan with a new key.
    async fn execute(
        &self,
        who: &Person,
        what: &'static str,
        path: &str,
        plan: &Value,
        body: &Value,
    ) -> ApiResponse {
        let tag = format!("\"{}\"", plan["fingerprint"].as_str().unwrap_or("none"));
        let key = Uuid::new_v4().to_string();
        let headers = [("if-match", tag.as_str()), ("idempotency-key", &key)];
        self.ask(who, what, Method::POST, path, &headers, Some(body))
            .await
    }

    async fn undo(&self, who: &Person, receipt: &Value) {
        let key = Uuid::new_v4().to_string();
        let path = format!(
            "/api/v1/receipts/{}/undo",
            receipt.as_str().unwrap_or_default()
        );
        let headers = [("idempotency-key", key.as_str())];
        self.ask(who, "undo", Method::POST, &path, &headers, None)
            .await;
        self.keep_few_receipts(who).await;
    }

    /// Keeps the data of a person at about the same size. No other request of the person runs.
    async fn keep_few_receipts(&self, who: &Person) {
        let key = format!("gnc:receipts:{}", who.user_id);
        let mut redis = self.redis.clone();
        let receipts: u64 = redis.hlen(&key).await.expect("Redis answers");
        if receipts > RECEIPTS {
            let _: () = redis.del(&key).await.expect("Redis answers");
        }
    }

    /// A random action of a person.
    async fn one(&self, who: &Person, dice: &mut fastrand::Rng) {
        let get = |what, path| self.ask(who, what, Method::GET, path, &[], None);
        match dice.u8(..10) {
            0..3 => drop(get("list", "/api/v1/collections").await),
            3..6 => drop(get("legacy", "/api/v1/legacy").await),
            6 => drop(get("receipts", "/api/v1/receipts").await),
            7 => self.edit(who).await,
            8 => {
                let (_, _, plan) = get("legacy", "/api/v1/legacy").await;
                if plan["offer"] == true {
                    let body = json!({ "choices": {} });
                    let done = self
                        .execute(who, "migration", "/api/v1/migrations", &plan, &body)
                        .await;
                    self.undo(who, &done.2["id"]).await;
                }
            }
            _ => {
                let local = json!([{
                    "id": Uuid::new_v4(), "name": "From here", "members": ["1:A", "2:A"],
                    "created": "2024-01-01T00:00:00Z", "changed": "2024-01-01T00:00:00Z",
                }]);
                let body = json!({ "collections": local });
                let path = "/api/v1/imports/plan";
                let plan = self
                    .ask(who, "plan", Method::POST, path, &[], Some(&body))
                    .await;
                if plan.2["offer"] == true {
                    let body = json!({ "collections": local, "choices": {} });
                    let done = self
                        .execute(who, "import", "/api/v1/imports", &plan.2, &body)
                        .await;
                    self.undo(who, &done.2["id"]).await;
                }
            }
        }
    }

    /// Creates a collection, fills it and deletes it.
    async fn edit(&self, who: &Person) {
        let new = json!({ "name": "New", "members": ["1:A"] });
        let path = "/api/v1/collections";
        let made = self
            .ask(who, "create", Method::POST, path, &[], Some(&new))
            .await;
        let path = format!("{path}/{}", made.2["id"].as_str().unwrap_or_default());
        let change = json!({ "add": ["2:A"] });
        let headers = [("if-match", made.1.as_str())];
        let changed = self
            .ask(who, "edit", Method::PATCH, &path, &headers, Some(&change))
            .await;
        let headers = [("if-match", changed.1.as_str())];
        self.ask(who, "delete", Method::DELETE, &path, &headers, None)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mixed_load_causes_no_errors_and_no_memory_growth() {
    let minutes = if long() { 30 } else { 2 };
    let seed = seed("soak");
    // The setting of production: every write is on disk within a second.
    let redis = Redis::start_with(&["--appendfsync", "everysec"]);
    let everybody: Vec<Person> = (0..PEOPLE).map(person).collect();
    redis
        .load(&(0..PEOPLE).flat_map(records).collect::<Vec<_>>())
        .await;
    let auth = UserEndpoint::start(&everybody).await;
    let variables = [("GNC_LOG", "error"), ("GNC_RATE_LIMIT", "off")];
    let server = ServerProcess::start(&redis, &auth, &variables);
    let load = Arc::new(Load {
        url: server.url.clone(),
        // The server closes connections that are idle for 15 seconds.
        client: reqwest::Client::builder()
            .pool_idle_timeout(Duration::from_secs(5))
            .build()
            .expect("a client"),
        redis: redis.connect().await,
        until: Instant::now() + Duration::from_mins(minutes),
        answers: Mutex::default(),
    });
    let people = everybody.into_iter().enumerate().map(|(number, who)| {
        let load = Arc::clone(&load);
        tokio::spawn(async move {
            let mut dice = fastrand::Rng::with_seed(seed + number as u64);
            while Instant::now() < load.until {
                // The pause defines the load.
                let thought = THOUGHT.mul_f64(dice.f64());
                tokio::time::sleep(thought).await;
                load.one(&who, &mut dice).await;
            }
        })
    });
    let people: Vec<_> = people.collect();
    let mut memory = Vec::new();
    while Instant::now() < load.until {
        tokio::time::sleep(SAMPLE).await;
        memory.push(server.memory());
    }
    for ended in join_all(people).await {
        ended.expect("every request was answered");
    }
    let answers = load.answers.lock().expect("not poisoned").clone();
    let total: u64 = answers.values().sum();
    let third = memory.len() / 3;
    let mean = |samples: &[u64]| samples.iter().sum::<u64>() / samples.len() as u64 / 1024;
    let (first, last) = (
        mean(&memory[..third]),
        mean(&memory[memory.len() - third..]),
    );
    say(&format!(
        "soak: {minutes} minutes, {total} requests {answers:?}; memory in the first third {first} kB, in the last {last} kB"
    ));
    for (what, status) in answers.keys() {
        // A person has one window here, so there are no conflicts.
        assert!(status.is_success(), "{what}: {status}");
    }
    for what in [
        "list",
        "legacy",
        "edit",
        "migration",
        "import",
        "undo",
        "delete",
    ] {
        assert!(
            answers.keys().any(|(asked, _)| *asked == what),
            "nobody did: {what}"
        );
    }
    if long() {
        assert!(last * 100 <= first * 105, "memory grows: {memory:?}");
    }
    assert_eq!(server.stop(), "", "nothing is logged as an error");
}
