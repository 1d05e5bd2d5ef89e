//! Somebody writes between the reading of what a large transfer is planned on and the transaction that it is.
//!
//! The proxy holds the first word of each transaction back until the other program has written.

use crate::harness::{Person, Proxy, Redis, Setup, people};
use redis::Commands;
use serde_json::json;
use server::service::clock::Ticker;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A legacy account of [`person`].
const LEGACY: &str = "869ab955-6d5b-46e3-8150-ce4b5f836116";
const OURS: &str = r#"[{"id": "44444444-4444-4444-8444-444444444444", "name": "Ours", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["2:A"]}]"#;
const THEIRS: &str = r#"[{"id": "33333333-3333-4333-8333-333333333333", "name": "Theirs", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["1:A"]}]"#;

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Researcher 02")
        .expect("there")
}

/// What came of a migration during which `field` of `hash` is written at the first so many transactions.
struct Disturbed {
    setup: Setup,
    _proxy: Proxy,
    status: u16,
    problem: Option<String>,
    /// Transactions that were begun.
    transactions: usize,
}

async fn disturbed(hash: &'static str, field: &str, times: usize) -> Disturbed {
    let redis = Redis::start();
    let account = json!({"user_id": LEGACY, "email_address": person().email}).to_string();
    for (hash, value) in [("users", account.as_str()), ("collections", OURS)] {
        redis.hset(hash, LEGACY, value.as_bytes()).await;
    }
    let begun = Arc::new(AtomicUsize::new(0));
    let (count, url) = (begun.clone(), redis.url_of_everything());
    let field = field.to_owned();
    let proxy = Proxy::watching(redis.port(), move |command| {
        if !command.windows(5).any(|word| word == b"MULTI") {
            return;
        }
        if count.fetch_add(1, Ordering::SeqCst) < times {
            let client = redis::Client::open(url.as_str()).expect("a client");
            let mut other = client.get_connection().expect("Redis answers");
            let _: () = other.hset(hash, &field, THEIRS).expect("written");
        }
    })
    .await;
    let through = format!("--redis-url={}", proxy.url());
    let flags = [through.as_str(), "--large-list=1"];
    let setup = Setup::on(redis, &flags, &people(), &Ticker::system()).await;
    let answer = setup.migrate(&person(), "key", &json!({})).await;
    Disturbed {
        setup,
        _proxy: proxy,
        status: answer.status.as_u16(),
        problem: (answer.status != 201).then(|| answer.problem().to_owned()),
        transactions: begun.load(Ordering::SeqCst),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_to_the_same_list_is_noticed() {
    for (hash, field) in [
        ("collections", LEGACY.to_owned()),
        ("collections2", person().user_id),
        ("migratable-accounts", person().email),
    ] {
        let outcome = disturbed(hash, &field, 1).await;
        assert_eq!(
            (outcome.status, outcome.problem.as_deref()),
            (412, Some("stale-plan")),
            "{hash}"
        );
        let kept = outcome.setup.redis.hget(hash, &field).await;
        assert_eq!(kept.as_deref(), Some(THEIRS.as_bytes()), "{hash}");
        let fresh = outcome
            .setup
            .migrate(&person(), "another", &json!({}))
            .await;
        assert_ne!(fresh.status, 412, "{}", fresh.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_for_somebody_else_does_not_matter() {
    // Once: the values are compared, and the second transaction is executed. Always: the script does it.
    for (times, transactions) in [(0, 1), (1, 2), (usize::MAX, 2)] {
        let outcome = disturbed("collections", "somebody-else", times).await;
        assert_eq!(outcome.status, 201, "{:?}", outcome.problem);
        assert_eq!(outcome.transactions, transactions);
        let redis = &outcome.setup.redis;
        assert_eq!(redis.hget("collections", LEGACY).await, None);
        let theirs = redis.hget("collections", "somebody-else").await;
        assert_eq!(theirs.is_some(), times > 0);
        assert_eq!(outcome.setup.stored(&person()).await.len(), 1);
    }
}

/// What a large transfer keeps for undo lies in several keys.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_of_which_a_part_is_gone_restores_nothing() {
    let outcome = disturbed("collections", "somebody-else", 0).await;
    let setup = &outcome.setup;
    let receipts = setup.get(&person(), "/api/v1/receipts").await;
    let id = receipts.body["receipts"][0]["id"].as_str().expect("an id");
    let before = setup.redis.content().await;
    let mut remove = redis::cmd("DEL");
    // The target's list is the first value, and was not there; the legacy one is the second.
    remove.arg(format!("gnc:before:{id}:2"));
    let removed: u32 = remove
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("removed");
    assert_eq!(removed, 1);
    let path = format!("/api/v1/receipts/{id}");
    let undone = setup.undo(&person(), &path, "undo").await;
    assert_ne!(undone.status, 201, "{}", undone.body);
    assert_eq!(setup.redis.content().await, before);
}
