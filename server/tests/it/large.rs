//! Lists far larger than any in the sample data, and lists that are too large.

use crate::harness::{ApiResponse, Person, Setup, bearer, people, say};
use http::Method;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// A legacy account of Researcher 02.
const LEGACY: &str = "869ab955-6d5b-46e3-8150-ce4b5f836116";

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
async fn ten_thousand_collections_are_migrated_in_one_transfer() {
    let setup = Setup::with_sample().await;
    let person = people()
        .into_iter()
        .find(|person| person.name == "Researcher 02")
        .expect("there");
    let list = list(10_000, 100);
    assert!(list.len() > 20_000_000, "{}", list.len());
    setup
        .redis
        .hset("collections", LEGACY, list.as_bytes())
        .await;
    let plain = plain_get_and_set(&setup, LEGACY, &list).await;
    let begun = Instant::now();
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    let migrated = begun.elapsed();
    assert_eq!(receipt.status, 201, "{}", receipt.body["detail"]);
    assert_eq!(
        (&receipt.body["moved"], &receipt.body["members"]),
        (&json!(10_000), &json!(1_000_000))
    );
    assert_eq!(setup.redis.hget("collections", LEGACY).await, None);
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

    let begun = Instant::now();
    let id = receipt.body["id"].as_str().expect("an id");
    let path = format!("/api/v1/receipts/{id}/undo");
    let bearer = bearer(&person);
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "u")];
    let undone = setup.send(Method::POST, &path, &headers, None).await;
    let took = begun.elapsed();
    assert_eq!(undone.status, 201, "{}", undone.body["detail"]);
    let back = setup.redis.hget("collections", LEGACY).await;
    assert_eq!(back.expect("a list"), list.as_bytes(), "byte for byte");
    let ratio = |took: Duration| took.as_secs_f64() / plain.as_secs_f64();
    say(&format!(
        "large: {} MB; GET+SET {plain:.2?}; plan and migrate {migrated:.2?} ({:.0} times that); undo {took:.2?} ({:.0} times)",
        list.len() / 1_000_000,
        ratio(migrated),
        ratio(took)
    ));
}

/// A quadratic search would take hours.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_collections_with_one_changed_are_undone_individually() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let list = list(10_000, 10);
    setup
        .redis
        .hset("collections", LEGACY, list.as_bytes())
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

/// The server has one thread, which must not plan the list itself.
#[tokio::test(flavor = "current_thread")]
async fn other_users_are_served_while_a_large_list_is_planned() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let other = named("Researcher 01").expect("there");
    let list = list(5_000, 100);
    setup
        .redis
        .hset("collections", LEGACY, list.as_bytes())
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

/// Awaits a long request, and checks that another user is served meanwhile.
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

const MIB: usize = 1024 * 1024;

/// A list of one collection with one member.
fn list_of_one(name: &str, member: &str) -> String {
    let id = uuid::Uuid::new_v4();
    let time = "Nov 12 2019 03:27PM";
    format!(
        r#"[{{"id": "{id}", "name": "{name}", "created": "{time}", "changed": "{time}", "num_members": 1, "members": ["{member}"]}}]"#
    )
}

/// Repeats a request while the answer is 503: a debug build on a busy machine may not read such a
/// large list in time.
async fn patiently<F: Future<Output = ApiResponse>>(send: impl Fn() -> F) -> ApiResponse {
    let start = Instant::now();
    loop {
        let answer = send().await;
        if answer.status != 503 || start.elapsed() > Duration::from_mins(2) {
            return answer;
        }
    }
}

async fn assert_list_too_large<F: Future<Output = ApiResponse>>(send: impl Fn() -> F) {
    let refused = patiently(send).await;
    let problem = (refused.problem(), refused.status.as_u16());
    assert_eq!(problem, ("list-too-large", 413), "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn list_above_64_mib_is_not_written() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let field = &person.user_id;
    let new = json!({ "name": "New", "members": ["1:A"] });
    let created = setup.post(&person, "/api/v1/collections", &new).await;
    let path = created.header("location");
    let local = |name: &str| {
        json!([{
            "id": name, "name": name, "members": ["1:A"],
            "created": "2024-01-01T00:00:00Z", "changed": "2024-01-01T00:00:00Z",
        }])
    };
    let planned = json!({ "collections": local("first") });
    let import = json!({ "collections": local("first"), "choices": {} });
    let (plan_path, imports) = ("/api/v1/imports/plan", "/api/v1/imports");
    let plan = setup.post(&person, plan_path, &planned).await;
    let imported = setup.transfer(&person, imports, plan.fingerprint(), "first", &import);
    let imported = imported.await;
    let id = imported.body["id"].as_str().expect("an id");
    let receipt = format!("/api/v1/receipts/{id}");

    let stored = setup.redis.hget("collections2", field).await;
    let mut list = stored.expect("a list");
    list.resize(64 * MIB + 1, b' ');
    setup.redis.hset("collections2", field, &list).await;
    let legacy = list_of_one("Legacy", "1:A");
    let legacy = legacy.as_bytes();
    setup.redis.hset("collections", LEGACY, legacy).await;
    let before = setup.redis.content().await;
    let seen = patiently(|| setup.get(&person, path)).await;
    let tag = Some(seen.header("etag"));
    let change = json!({ "add": ["2:A"] });
    let choices = json!({ "choices": {} });
    let migrations = "/api/v1/migrations";
    let migration = patiently(|| setup.get(&person, "/api/v1/legacy")).await;
    let migration = migration.fingerprint();
    let planned = json!({ "collections": local("second") });
    let import = json!({ "collections": local("second"), "choices": {} });
    let plan = patiently(|| setup.post(&person, plan_path, &planned)).await;
    let plan = plan.fingerprint();
    assert_list_too_large(|| setup.post(&person, "/api/v1/collections", &new)).await;
    assert_list_too_large(|| setup.edit(&person, Method::PATCH, path, tag, Some(&change))).await;
    assert_list_too_large(|| setup.edit(&person, Method::DELETE, path, tag, None)).await;
    assert_list_too_large(|| setup.transfer(&person, migrations, migration, "m", &choices)).await;
    assert_list_too_large(|| setup.transfer(&person, imports, plan, "i", &import)).await;
    assert_list_too_large(|| setup.undo(&person, &receipt, "undo")).await;
    assert!(setup.redis.content().await == before, "nothing has changed");
    let shown = patiently(|| setup.get(&person, path)).await;
    assert_eq!(shown.body, seen.body, "it can still be read");
}

#[tokio::test(flavor = "multi_thread")]
async fn list_that_would_exceed_64_mib_is_not_written() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    for (hash, field) in [
        ("collections2", person.user_id.as_str()),
        ("collections", LEGACY),
    ] {
        let list = list_of_one(hash, &"A".repeat(33 * MIB));
        setup.redis.hset(hash, field, list.as_bytes()).await;
    }
    let before = setup.redis.content().await;
    let plan = patiently(|| setup.get(&person, "/api/v1/legacy")).await;
    let (fingerprint, choices) = (plan.fingerprint(), json!({ "choices": {} }));
    let migrations = "/api/v1/migrations";
    let migrate = || setup.transfer(&person, migrations, fingerprint, "key", &choices);
    let refused = patiently(migrate).await;
    let problem = (refused.problem(), refused.status.as_u16());
    assert_eq!(problem, ("quota-exceeded", 507), "{}", refused.body);
    assert!(setup.redis.content().await == before, "nothing has changed");
}

/// A recursive reader would overflow the stack and end the process.
#[tokio::test]
async fn deeply_nested_values_do_not_crash_the_server() {
    let setup = Setup::with_sample().await;
    let named = |name: &str| people().into_iter().find(|person| person.name == name);
    let person = named("Researcher 02").expect("there");
    let other = named("Researcher 01").expect("there");
    let opened = "[".repeat(100_000);
    let whole = format!("{opened}{}", "]".repeat(100_000));
    let entry = format!(r#"[{{"id": "x", "name": "n", "members": {whole}}}]"#);
    let objects = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    for value in [&opened, &whole, &entry, &objects] {
        for (hash, field) in [
            ("collections", LEGACY),
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

/// Returns the time in which a plain client reads these bytes from Redis and writes them.
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
