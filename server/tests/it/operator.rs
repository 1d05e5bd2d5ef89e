//! The operator commands of the real binary.

mod explain;

use crate::harness::{Person, Redis, Sentinel, Setup, command, messy, people, token};
use serde_json::{Value, json};
use std::process::Output;
use uuid::Uuid;

async fn run(redis: &Redis, arguments: &[&str]) -> Output {
    let mut command = command();
    command.env("GNC_REDIS_URL", redis.url()).args(arguments);
    let ran = tokio::task::spawn_blocking(move || command.output());
    ran.await.expect("waited for").expect("it ran")
}

/// The output of a successful command.
async fn prints(redis: &Redis, arguments: &[&str]) -> String {
    let output = run(redis, arguments).await;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

async fn prints_json(redis: &Redis, arguments: &[&str]) -> Value {
    serde_json::from_str(&prints(redis, arguments).await).expect("JSON")
}

/// Counts of a hash, computed from the sample data without the reader.
async fn field_count(setup: &Setup, key: &str) -> u64 {
    let content = setup.redis.content().await;
    content.iter().filter(|(of, ..)| of == key).count() as u64
}

/// The commands wait for the first answer of a Sentinel.
#[tokio::test]
async fn commands_find_the_primary_with_sentinel() {
    let redis = Redis::start();
    let sentinel = Sentinel::watching(&redis);
    for arguments in [&["report"][..], &["audit"]] {
        let mut command = command();
        command.env("GNC_REDIS_URL", sentinel.url()).args(arguments);
        let output = command.output().expect("it ran");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {error}");
    }
}

#[tokio::test]
async fn entries_of_the_audit_stream_that_are_no_text_are_left_out() {
    let setup = Setup::with_sample().await;
    let add = |value: &[u8]| {
        let mut add = redis::cmd("XADD");
        add.arg("gnc:audit").arg("*").arg("who").arg(value);
        add
    };
    let mut entries = redis::pipe();
    entries.add_command(add(b"first"));
    for _ in 0..1_500 {
        entries.add_command(add(b"\xff"));
    }
    entries.add_command(add(b"last"));
    let connection = &mut setup.redis.connect().await;
    entries.exec_async(connection).await.expect("added");
    let printed = prints(&setup.redis, &["audit"]).await;
    let who = |line| serde_json::from_str::<Value>(line).expect("JSON")["who"].clone();
    let printed: Vec<Value> = printed.lines().map(who).collect();
    assert_eq!(printed, ["first", "last"]);
}

#[tokio::test]
async fn closed_pipe_ends_the_output_without_error() {
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
async fn report_counts_records_and_changes_nothing() {
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
async fn report_adds_up_what_our_own_keys_use() {
    let setup = Setup::with_sample().await;
    let person = &people()[0];
    let receipt = setup.migrate(person, "k", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let report = prints_json(&setup.redis, &["report", "--json"]).await;
    for kind in ["receipts", "before", "idempotency", "usage", "audit"] {
        let usage = &report["own_keys"][kind];
        assert_eq!(usage["keys"], 1, "{kind}: {report}");
        assert!(usage["bytes"].as_u64() > Some(0), "{kind}");
    }
    assert_eq!(report["own_keys"]["users"], Value::Null);
    let printed = prints(&setup.redis, &["report"]).await;
    assert!(printed.contains("bytes in 1 own keys: before"), "{printed}");
    setup.redis.set_user(&["-scan"]).await;
    let report = prints_json(&setup.redis, &["report", "--json"]).await;
    assert_eq!(report["own_keys"], Value::Null);
    assert!(report["accounts"].as_u64() > Some(0));
}

#[tokio::test]
async fn report_counts_an_offer_until_it_is_migrated() {
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

/// A person of the sample data with an offer.
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
async fn report_names_unreadable_records_with_reasons() {
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
async fn receipts_undo_and_audit_commands_work_together() {
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
    let kinds: Vec<_> = entries
        .iter()
        .map(|entry| (entry["kind"].as_str(), entry["actor"].as_str()))
        .collect();
    let by = |kind, actor| (Some(kind), Some(actor));
    let expected = [
        by("read-legacy", "person"),
        by("migration", "person"),
        by("undo", "operator"),
    ];
    assert_eq!(kinds, expected);
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
async fn an_address_names_the_accounts_that_migrated_with_it() {
    let setup = Setup::with_sample().await;
    let person = somebody(&setup).await;
    let (address, other) = (
        format!(" {} ", person.email.to_uppercase()),
        "newcomer@uon.example",
    );
    let unknown = run(&setup.redis, &["receipts", &address]).await;
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(
        !unknown.status.success() && said.contains("name the account by its id"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");

    let receipt = setup.migrate(&person, "one", &json!({})).await;
    let receipts = prints_json(&setup.redis, &["receipts", &address]).await;
    assert_eq!(receipts, json!([receipt.body]));
    let all = prints(&setup.redis, &["audit"]).await;
    let legacy = receipt.body["items"][0]["source_owner"]
        .as_str()
        .expect("an id");
    for named in [&address, &person.user_id, legacy] {
        assert_eq!(prints(&setup.redis, &["audit", named]).await, all);
    }
    assert_eq!(prints(&setup.redis, &["audit", other]).await, "");

    // A second account with the address, as after a new registration.
    let second = Person {
        user_id: Uuid::new_v4().to_string(),
        ..person.clone()
    };
    let id = receipt.body["id"].as_str().expect("an id");
    prints(&setup.redis, &["undo", id]).await;
    setup.auth.add_token(&token(&second), &second);
    let moved = setup.migrate(&second, "two", &json!({})).await;
    assert_eq!(moved.status, 201, "{}", moved.body);
    let receipts = prints_json(&setup.redis, &["receipts", &address]).await;
    let owners: Vec<&Value> = receipts
        .as_array()
        .expect("a list")
        .iter()
        .map(|receipt| &receipt["target_owner"])
        .collect();
    assert_eq!(
        owners.len(),
        3,
        "two of the first account, one of the second"
    );
    assert!(owners.contains(&&json!(second.user_id)) && owners.contains(&&json!(person.user_id)));
}

#[tokio::test]
async fn text_that_names_no_account_is_refused() {
    let redis = Redis::start();
    for command in ["receipts", "audit"] {
        let output = run(&redis, &[command, "nobody"]).await;
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.contains("neither an id nor an e-mail address"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn unreachable_redis_is_reported_in_one_line() {
    let mut redis = Redis::start();
    redis.crash();
    for arguments in [
        &["report"][..],
        &["audit"],
        &["undo", &Uuid::nil().to_string()],
        &["receipts", "person@example.org"],
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
