//! Lists far larger than anybody's are transferred whole, like any other.

use crate::harness::{Person, Setup, bearer, people, say};
use http::Method;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// A stored list of `collections` collections with `members` members each.
fn list(collections: u32, members: u32) -> String {
    let mut list = String::from("[");
    for number in 0..collections {
        let id = uuid::Uuid::from_u128(u128::from(number) + 1);
        let members: Vec<String> = (0..members)
            .map(|m| format!("\"{number}{m}_at:HC_M2_0606_P\""))
            .collect();
        let separator = if number == 0 { "" } else { ", " };
        let time = "Nov 12 2019 03:27PM";
        write!(
            list,
            r#"{separator}{{"id": "{id}", "name": "c{number}", "created_timestamp": "{time}", "changed_timestamp": "{time}", "num_members": {}, "members": [{}]}}"#,
            members.len(),
            members.join(", ")
        )
        .expect("written");
    }
    list.push(']');
    list
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_collections_of_a_hundred_members_are_moved_in_one_go() {
    let setup = Setup::with_sample().await;
    let person = people()
        .into_iter()
        .find(|person| person.name == "Researcher 02")
        .expect("there");
    let legacy = "869ab955-6d5b-46e3-8150-ce4b5f836116";
    let list = list(10_000, 100);
    assert!(list.len() > 20_000_000, "{}", list.len());
    setup
        .redis
        .hset("collections", legacy, list.as_bytes())
        .await;
    let plain = plain_get_and_set(&setup, legacy, &list).await;
    let redis = Longest::watch(&setup).await;
    let begun = Instant::now();
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    let migrated = begun.elapsed();
    assert_eq!(receipt.status, 201, "{}", receipt.body["detail"]);
    redis.say("migrate").await;
    assert_eq!(
        (&receipt.body["moved"], &receipt.body["members"]),
        (&json!(10_000), &json!(1_000_000))
    );
    assert_eq!(setup.redis.hget("collections", legacy).await, None);
    let moved = setup
        .redis
        .hget("collections2", &person.user_id)
        .await
        .expect("a list");
    assert_eq!(
        String::from_utf8(moved).expect("text"),
        list.replace("_timestamp", "")
    );
    let shown = setup.get(&person, "/api/v1/collections").await;
    let shown = shown.body["collections"].as_array().map(Vec::len);
    assert_eq!(shown, Some(10_000));
    let again: Value = setup.get(&person, "/api/v1/legacy").await.body;
    assert_eq!(again["offer"], false);

    let redis = Longest::watch(&setup).await;
    let begun = Instant::now();
    let id = receipt.body["id"].as_str().expect("an id");
    let path = format!("/api/v1/receipts/{id}/undo");
    let bearer = bearer(&person);
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "u")];
    let undone = setup.send(Method::POST, &path, &headers, None).await;
    let took = begun.elapsed();
    assert_eq!(undone.status, 201, "{}", undone.body["detail"]);
    redis.say("undo").await;
    let back = setup.redis.hget("collections", legacy).await;
    assert_eq!(back.expect("a list"), list.as_bytes(), "byte for byte");
    let ratio = |took: Duration| took.as_secs_f64() / plain.as_secs_f64();
    say(&format!(
        "large: {} MB; GET+SET {plain:.2?}; plan and migrate {migrated:.2?} ({:.0} times that); undo {took:.2?} ({:.0} times)",
        list.len() / 1_000_000,
        ratio(migrated),
        ratio(took)
    ));
}

/// Looked for one by one, each among all, they would keep a processor busy for hours.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_collections_of_which_one_was_changed_go_back_one_by_one() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let legacy = "869ab955-6d5b-46e3-8150-ce4b5f836116";
    let list = list(10_000, 10);
    setup
        .redis
        .hset("collections", legacy, list.as_bytes())
        .await;
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    assert_eq!(receipt.body["moved"], 10_000, "{}", receipt.body["detail"]);
    let field = &person.user_id;
    let moved = setup.redis.hget("collections2", field).await;
    let moved = String::from_utf8(moved.expect("a list")).expect("text");
    let changed = moved.replacen("\"c7\"", "\"renamed\"", 1);
    assert_ne!(changed, moved);
    setup
        .redis
        .hset("collections2", field, changed.as_bytes())
        .await;
    let id = receipt.body["id"].as_str().expect("an id");
    let path = format!("/api/v1/receipts/{id}");
    let begun = Instant::now();
    let undone = setup.undo(&person, &path, "u");
    let undone = tokio::time::timeout(Duration::from_mins(2), undone).await;
    let undone = undone.expect("an answer in time");
    assert_eq!(undone.status, 201, "{}", undone.body["detail"]);
    let counts = (&undone.body["moved"], &undone.body["skipped"]);
    assert_eq!(counts, (&json!(9_999), &json!(1)));
    assert_eq!(setup.stored(&person).await.len(), 1);
    say(&format!(
        "large: 9,999 of 10,000 went back one by one in {:.2?}",
        begun.elapsed()
    ));
}

/// All on one thread: were the list planned there, nobody would be answered until it is done.
#[tokio::test(flavor = "current_thread")]
async fn others_are_answered_while_a_large_list_is_planned() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let other = named("Researcher 01").expect("there");
    let legacy = "869ab955-6d5b-46e3-8150-ce4b5f836116";
    let list = list(5_000, 100);
    setup
        .redis
        .hset("collections", legacy, list.as_bytes())
        .await;
    let plan = setup.get(&person, "/api/v1/legacy");
    let plan = others_are_answered(&setup, &other, "planned", plan).await;
    assert_eq!(plan.items().len(), 5_000);

    let receipt = setup.migrate(&person, "k", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body["detail"]);
    // Not read as JSON here, which is the same thread.
    let receipts = reqwest::Client::new()
        .get(format!("{}/api/v1/receipts", setup.url))
        .header("authorization", bearer(&person));
    let receipts = async { receipts.send().await.expect("an answer").bytes().await };
    let receipts = others_are_answered(&setup, &other, "receipts shown", receipts).await;
    let receipts: Value = serde_json::from_slice(&receipts.expect("a body")).expect("JSON");
    assert_eq!(receipts["receipts"][0]["id"], receipt.body["id"]);
}

/// Waits for something that takes long; others are not to notice.
async fn others_are_answered<T>(
    setup: &Setup,
    other: &Person,
    what: &str,
    request: impl Future<Output = T>,
) -> T {
    let begun = Instant::now();
    let mut request = std::pin::pin!(request);
    let mut answered = begun;
    let mut longest = Duration::ZERO;
    let mut others = 0;
    let answer = loop {
        tokio::select! {
            biased;
            answer = &mut request => break answer,
            answer = setup.get(other, "/api/v1/collections") => {
                assert_eq!(answer.status, 200);
                longest = longest.max(answered.elapsed());
                answered = Instant::now();
                others += 1;
            }
        }
    };
    longest = longest.max(answered.elapsed());
    let took = begun.elapsed();
    say(&format!(
        "large: {what} in {took:.2?}; {others} others answered meanwhile, after {longest:.2?} at most"
    ));
    assert!(longest < took / 2, "{longest:?} of {took:?}");
    answer
}

/// Reading by recursion would end the whole process.
#[tokio::test]
async fn values_nested_a_hundred_thousand_deep_take_nobody_down() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let other = named("Researcher 01").expect("there");
    let legacy = "869ab955-6d5b-46e3-8150-ce4b5f836116";
    let opened = "[".repeat(100_000);
    let whole = format!("{opened}{}", "]".repeat(100_000));
    let entry = format!(r#"[{{"id": "x", "name": "n", "members": {whole}}}]"#);
    let objects = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    for value in [&opened, &whole, &entry, &objects] {
        for (hash, field) in [
            ("collections", legacy),
            ("users", "12121212-1212-4212-8212-121212121212"),
            ("collections2", &person.user_id),
            ("migratable-accounts", &person.email),
        ] {
            setup.redis.hset(hash, field, value.as_bytes()).await;
            for path in ["/api/v1/legacy", "/api/v1/collections"] {
                let answer = setup.get(&person, path).await;
                let status = answer.status.as_u16();
                assert!(
                    status == 200 || answer.problem() == "list-unreadable",
                    "{status}"
                );
            }
            let answer = setup.get(&other, "/api/v1/collections").await;
            assert_eq!(answer.status, 200, "others are served");
            let kept = setup.redis.hget(hash, field).await;
            assert_eq!(kept.as_deref(), Some(value.as_bytes()), "{hash}: stays");
        }
    }
}

/// An entry of the log of slow commands: id, time, microseconds, words, address, name of the connection.
type Logged = (u64, u64, u64, Vec<Vec<u8>>, String, String);

/// What Redis executes from now on, and how long it serves nobody else meanwhile.
struct Longest<'s>(&'s Setup);

impl<'s> Longest<'s> {
    async fn watch(setup: &'s Setup) -> Self {
        let connection = &mut setup.redis.connect().await;
        let mut all = redis::cmd("CONFIG");
        all.arg("SET").arg("slowlog-log-slower-than").arg(0);
        all.arg("slowlog-max-len").arg(10_000);
        all.query_async::<()>(connection).await.expect("set");
        let mut reset = redis::cmd("SLOWLOG");
        reset.arg("RESET");
        reset.query_async::<()>(connection).await.expect("reset");
        Self(setup)
    }

    /// Says the longest ones; there is no script among them.
    async fn say(self, what: &str) {
        let mut get = redis::cmd("SLOWLOG");
        get.arg("GET").arg(-1);
        let connection = &mut self.0.redis.connect().await;
        let log: Vec<Logged> = get.query_async(connection).await.expect("the log");
        let mut commands: Vec<(u64, String)> = log
            .into_iter()
            .filter_map(|(_, _, took, words, ..)| {
                let name = String::from_utf8_lossy(words.first()?).to_lowercase();
                Some((took, name))
            })
            .collect();
        commands.sort_by(|one, other| other.cmp(one));
        commands.dedup_by(|one, other| one.1 == other.1);
        let longest: Vec<String> = commands
            .iter()
            .take(4)
            .map(|(took, name)| format!("{name} {took} us"))
            .collect();
        say(&format!("large: {what}: {}", longest.join(", ")));
        assert!(
            commands.iter().all(|(_, name)| !name.starts_with("eval")),
            "{what}: {commands:?}"
        );
    }
}

/// How long it takes to read these bytes from Redis and write them again.
async fn plain_get_and_set(setup: &Setup, field: &str, list: &str) -> Duration {
    let begun = Instant::now();
    let read = setup
        .redis
        .hget("collections", field)
        .await
        .expect("a list");
    setup.redis.hset("collections", field, &read).await;
    assert_eq!(read.len(), list.len());
    begun.elapsed()
}
