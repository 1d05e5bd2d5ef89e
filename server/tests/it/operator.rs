//! The commands for those who run the server, on the real binary.

use crate::harness::{Person, Redis, Setup, command, messy, people};
use serde_json::{Value, json};
use std::process::Output;
use uuid::Uuid;

async fn run(redis: &Redis, arguments: &[&str]) -> Output {
    let mut command = command();
    command.env("GNC_REDIS_URL", redis.url()).args(arguments);
    let ran = tokio::task::spawn_blocking(move || command.output());
    ran.await.expect("waited for").expect("it ran")
}

/// What a command prints when it goes well.
async fn prints(redis: &Redis, arguments: &[&str]) -> String {
    let output = run(redis, arguments).await;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

async fn prints_json(redis: &Redis, arguments: &[&str]) -> Value {
    serde_json::from_str(&prints(redis, arguments).await).expect("JSON")
}

/// Some of the figures of a hash, counted from the sample data without the reader.
async fn field_count(setup: &Setup, key: &str) -> u64 {
    let content = setup.redis.content().await;
    content.iter().filter(|(of, ..)| of == key).count() as u64
}

#[tokio::test]
async fn whoever_has_read_enough_may_stop_reading() {
    let redis = Redis::start();
    for arguments in [&["report", "--json"][..], &["openapi"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = command();
        command.env("GNC_REDIS_URL", redis.url()).args(arguments);
        command.stdout(writer);
        let output = command.output().expect("it ran");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && error.is_empty(), "{error}");
    }
}

#[tokio::test]
async fn the_report_counts_and_changes_nothing() {
    let setup = Setup::with_sample().await;
    let before = setup.redis.content().await;
    let report = prints_json(&setup.redis, &["report", "--json"]).await;
    assert_eq!(report["accounts"], field_count(&setup, "users").await);
    let flags = field_count(&setup, "migratable-accounts").await;
    assert_eq!(report["flags"]["addresses"], flags);
    for (name, key) in [("legacy", "collections"), ("new", "collections2")] {
        let lists: Vec<Vec<Value>> = before
            .iter()
            .filter(|(of, ..)| of == key)
            .map(|(.., list)| serde_json::from_slice(list).expect("the sample is sound"))
            .collect();
        assert_eq!(report[name]["lists"], lists.len());
        let collections = lists.iter().map(Vec::len).sum::<usize>();
        assert_eq!(report[name]["collections"], collections);
    }
    let listed = report["unreadable"].as_array().expect("a list");
    assert_eq!(report["accounts_without_address"], listed.len());
    let reason = "it has no e-mail address";
    assert!(listed.iter().all(|record| record["reason"] == reason));
    assert!(
        report["shared_addresses"].as_u64() >= Some(1),
        "three accounts share one"
    );
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn an_offer_waits_until_it_is_taken() {
    let setup = Setup::with_sample().await;
    let waiting = |report: Value| report["offers_waiting"].as_u64().expect("a number");
    let before = waiting(prints_json(&setup.redis, &["report", "--json"]).await);
    let receipt = setup
        .migrate(&somebody(&setup).await, "one", &json!({}))
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let after = waiting(prints_json(&setup.redis, &["report", "--json"]).await);
    assert_eq!(after, before - 1);
}

/// Somebody of the sample who is offered something.
async fn somebody(setup: &Setup) -> Person {
    for person in people() {
        let plan = setup.get(&person, "/api/v1/legacy").await;
        if plan.body["offer"] == true {
            return person;
        }
    }
    panic!("nobody is offered anything");
}

#[tokio::test]
async fn what_cannot_be_read_is_named_with_key_and_reason() {
    let setup = Setup::empty().await;
    for case in messy().iter().filter(|case| case.value.is_some()) {
        let value = case.value.as_deref().unwrap_or_default();
        setup
            .redis
            .hset(&case.hash, &case.field, value.as_bytes())
            .await;
    }
    setup.redis.hset("collections", "broken", b"[1").await;
    setup
        .redis
        .hset("collections", "half", br#"[{"id": "x"}, 7]"#)
        .await;
    setup.redis.hset("users", "odd", b"{\"\xff\"").await;
    let text = prints(&setup.redis, &["report"]).await;
    assert!(
        text.contains("  collections broken: the stored list cannot be read"),
        "{text}"
    );
    assert!(text.contains("  collections half, entry 1: "), "{text}");
    assert!(text.contains("  users odd: it is not UTF-8 text"), "{text}");
    let report = prints_json(&setup.redis, &["report", "--json"]).await;
    let listed = report["unreadable"].as_array().expect("a list");
    assert!(
        listed
            .iter()
            .any(|record| record["field"] == "half" && record["position"] == 1)
    );
}

#[tokio::test]
async fn receipts_undo_and_audit_show_and_take_back_what_was_done() {
    let setup = Setup::with_sample().await;
    let before = setup.redis.content().await;
    let person = somebody(&setup).await;
    let receipt = setup.migrate(&person, "one", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let id = receipt.body["id"].as_str().expect("an id");

    let receipts = prints_json(&setup.redis, &["receipts", &person.user_id]).await;
    assert_eq!(receipts, json!([receipt.body]));

    let undone = prints_json(&setup.redis, &["undo", id]).await;
    assert_eq!(undone["kind"], "undo");
    assert_eq!(setup.redis.content().await, before, "byte for byte");

    let audit = prints(&setup.redis, &["audit"]).await;
    let entries: Vec<Value> = audit
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let kinds: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["migration", "undo"]);
    assert!(!audit.contains('@'), "no address");

    for (receipt, reason) in [
        (id, "it was undone before"),
        (&Uuid::nil().to_string(), "no such receipt"),
    ] {
        let output = run(&setup.redis, &["undo", receipt]).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.lines().count() == 1 && said.contains(reason),
            "{said}"
        );
    }
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_one_clear_line() {
    let mut redis = Redis::start();
    redis.crash();
    for arguments in [
        &["report"][..],
        &["audit"],
        &["undo", &Uuid::nil().to_string()],
    ] {
        let output = run(&redis, arguments).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.starts_with("gn-collections: Redis"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let output = command()
        .args(["receipts", &people()[0].user_id])
        .output()
        .expect("it ran");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("GNC_REDIS_URL: it is not set"), "{said}");
}
