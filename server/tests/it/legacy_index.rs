//! The legacy index never reveals another person's account and needs no scan per request.

use crate::harness::{Person, Record, Setup, people};
use serde_json::json;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// A number of accounts whose walk no request waits for.
const MANY: usize = 12_000;

fn person() -> Person {
    people()
        .into_iter()
        .find(|person| person.email_verified)
        .expect("somebody")
}

fn id(n: usize) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

fn account(n: usize, email: &str) -> Record {
    Record {
        key: "users".to_owned(),
        field: id(n),
        value: json!({ "user_id": id(n), "full_name": "A. Nonymous", "email_address": email })
            .to_string(),
    }
}

fn list(n: usize, name: &str) -> Record {
    let collection = json!({
        "id": id(n), "name": name, "created_timestamp": "Nov 12 2019 03:27PM",
        "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["1:A"]
    });
    Record {
        key: "collections".to_owned(),
        field: id(n),
        value: json!([collection]).to_string(),
    }
}

/// A Redis with many accounts of other people, and one list.
async fn crowded() -> Setup {
    let setup = Setup::empty().await;
    let mut records: Vec<Record> = (1..=MANY)
        .map(|n| account(n, &format!("person{n}@example.org")))
        .collect();
    records.push(list(1, "theirs"));
    setup.redis.load(&records).await;
    setup
}

/// Number of offered collections.
async fn offered(setup: &Setup, person: &Person) -> usize {
    let plan = setup.get(person, "/api/v1/legacy").await;
    assert_eq!(plan.status, 200, "{}", plan.body);
    plan.items().len()
}

/// Polls until `expected` collections are offered, at most a minute.
async fn offered_within_a_minute(setup: &Setup, person: &Person, expected: usize) {
    let begin = Instant::now();
    while offered(setup, person).await != expected {
        assert!(begin.elapsed() < Duration::from_mins(1), "not found");
    }
}

/// Number of calls of each Redis command.
async fn calls(setup: &Setup) -> HashMap<String, u64> {
    let mut info = redis::cmd("INFO");
    info.arg("commandstats");
    let text: String = info
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("statistics");
    text.lines()
        .filter_map(|line| {
            let (name, figures) = line.strip_prefix("cmdstat_")?.split_once(":calls=")?;
            let calls = figures.split(',').next()?.parse().ok()?;
            Some((name.to_owned(), calls))
        })
        .collect()
}

#[tokio::test]
async fn account_with_a_new_address_is_found_within_a_minute() {
    let setup = crowded().await;
    let person = person();
    assert_eq!(offered(&setup, &person).await, 0);
    setup.redis.load(&[account(1, &person.email)]).await;
    offered_within_a_minute(&setup, &person, 1).await;
}

#[tokio::test]
async fn account_is_hidden_as_soon_as_its_address_changes() {
    let setup = crowded().await;
    let person = person();
    setup.redis.load(&[account(1, &person.email)]).await;
    offered_within_a_minute(&setup, &person, 1).await;
    // The index may still contain the old address.
    for round in 0..20 {
        let other = format!("other{round}@example.org");
        setup.redis.load(&[account(1, &other)]).await;
        assert_eq!(offered(&setup, &person).await, 0, "round {round}");
        setup.redis.load(&[account(1, &person.email)]).await;
        offered_within_a_minute(&setup, &person, 1).await;
    }
}

#[tokio::test]
async fn account_with_a_new_spelling_is_read_with_its_new_flag() {
    let setup = crowded().await;
    let person = person();
    setup.redis.load(&[account(1, &person.email)]).await;
    offered_within_a_minute(&setup, &person, 1).await;
    let spelt = format!(" {}", person.email.to_uppercase());
    setup.redis.load(&[account(1, &spelt)]).await;
    let other = json!({ "user_id": id(2), "collections-migrated": false }).to_string();
    setup
        .redis
        .hset("migratable-accounts", &id(2), other.as_bytes())
        .await;
    let receipt = setup.migrate(&person, "key", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let flag = setup.redis.hget("migratable-accounts", &spelt).await;
    let flag: serde_json::Value =
        serde_json::from_slice(&flag.expect("set under the new spelling")).expect("JSON");
    assert_eq!(flag["collections-migrated"], true);
    let old = setup.redis.hget("migratable-accounts", &person.email).await;
    assert_eq!(old, None);
}

#[tokio::test]
async fn lookup_costs_five_reads_for_any_number_of_accounts() {
    let setup = crowded().await;
    let person = person();
    setup.redis.load(&[account(1, &person.email)]).await;
    offered_within_a_minute(&setup, &person, 1).await;
    let before = calls(&setup).await;
    for _ in 0..100 {
        assert_eq!(offered(&setup, &person).await, 1);
    }
    let after = calls(&setup).await;
    let cost = |name: &str| after.get(name).unwrap_or(&0) - before.get(name).unwrap_or(&0);
    // A walk takes a dozen steps. A scan per lookup would take over a thousand.
    assert!(cost("hscan") < 100, "{} steps", cost("hscan"));
    // The new list, the flag, the record and the old list.
    assert_eq!(cost("hget"), 400);
}
