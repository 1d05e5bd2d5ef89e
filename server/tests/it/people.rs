//! The people of the sample data, each as described there.

use crate::harness::{Person, Setup, people};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn person(name: &str) -> Person {
    people()
        .into_iter()
        .find(|person| person.name == name)
        .unwrap_or_else(|| panic!("{name}"))
}

/// Counts the items of a plan by their default action.
fn actions(items: &[&Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts
            .entry(item["action"].as_str().expect("an action").to_owned())
            .or_default() += 1;
    }
    counts
}

/// Migrates by default and checks that every collection left the old lists for the new one.
async fn migrates(name: &str, accounts: usize, expected: &[(&str, usize)]) {
    let setup = Setup::with_sample().await;
    let person = person(name);
    let own_before = setup.stored(&person).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.status, 200);
    assert_eq!(plan.body["offer"], true);
    assert_eq!(
        plan.body["accounts"].as_array().map(Vec::len),
        Some(accounts)
    );
    let items = plan.items();
    let expected: BTreeMap<String, usize> = expected
        .iter()
        .map(|(action, count)| ((*action).to_owned(), *count))
        .collect();
    assert_eq!(actions(&items), expected);

    let mut sources = BTreeMap::new();
    for account in plan.body["accounts"].as_array().expect("accounts") {
        let id = account["legacy_user_id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let list = setup.redis.hget("collections", &id).await.expect("a list");
        sources.insert(
            id,
            serde_json::from_slice::<Vec<Value>>(&list).expect("JSON"),
        );
    }
    let receipt = setup.migrate(&person, "one", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let stored = setup.stored(&person).await;
    assert_eq!(
        stored[..own_before.len()],
        own_before,
        "what was there stays first and unchanged"
    );

    for item in receipt.body["items"].as_array().expect("items") {
        let owner = item["source_owner"].as_str().expect("an owner");
        let source = sources[owner]
            .iter()
            .find(|one| one["id"] == item["source_id"])
            .expect("was there");
        let left = setup
            .redis
            .hget("collections", owner)
            .await
            .unwrap_or(b"[]".to_vec());
        let left: Vec<Value> = serde_json::from_slice(&left).expect("JSON");
        let moved = stored.iter().find(|one| one["id"] == item["target_id"]);
        if ["move", "keep-both"].contains(&item["action"].as_str().expect("an action")) {
            let moved = moved.expect("it is in the new list");
            assert_eq!(moved["members"], source["members"]);
            assert_eq!(moved["name"], item["target_name"]);
            assert_eq!(moved["created"], source["created_timestamp"]);
            assert_eq!(moved["changed"], source["changed_timestamp"]);
            assert!(
                !left.iter().any(|one| one["id"] == item["source_id"]),
                "it left the old list"
            );
        } else {
            assert!(left.contains(source), "what was not moved is where it was");
        }
    }
    receipt_is_shown_to_its_owner_only(&setup, &person, &receipt.body).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.body["offer"], false);
}

async fn receipt_is_shown_to_its_owner_only(setup: &Setup, owner: &Person, receipt: &Value) {
    let receipts = setup.get(owner, "/api/v1/receipts").await;
    assert_eq!(&receipts.body["receipts"][0], receipt);
    let path = format!(
        "/api/v1/receipts/{}",
        receipt["id"].as_str().expect("an id")
    );
    assert_eq!(&setup.get(owner, &path).await.body, receipt);
    assert_eq!(setup.get(&person("Newcomer"), &path).await.status, 404);
}

#[tokio::test]
async fn researcher_00_gets_the_lists_of_three_accounts() {
    migrates("Researcher 00", 3, &[("move", 11), ("keep-both", 2)]).await;
}

#[tokio::test]
async fn researcher_06_gets_a_large_list_despite_stray_spaces() {
    migrates("Researcher 06", 1, &[("move", 6)]).await;
}

#[tokio::test]
async fn researcher_04_is_found_despite_capitals() {
    migrates(
        "Researcher 04",
        1,
        &[("move", 6), ("keep-both", 2), ("skip", 1)],
    )
    .await;
}

#[tokio::test]
async fn researcher_09_keeps_existing_collections_and_gets_the_others() {
    migrates(
        "Researcher 09",
        1,
        &[
            ("already-present", 1),
            ("keep-both", 1),
            ("skip", 1),
            ("move", 4),
        ],
    )
    .await;
}

#[tokio::test]
async fn researcher_01_is_offered_only_what_is_missing_after_gn_auth_copied() {
    let setup = Setup::with_sample().await;
    let plan = setup.get(&person("Researcher 01"), "/api/v1/legacy").await;
    assert_eq!(plan.body["offer"], true);
    assert_eq!(plan.body["accounts"][0]["copied_by_gn_auth"], true);
    let relations: Vec<&str> = plan
        .items()
        .iter()
        .map(|item| item["relation"].as_str().expect("a relation"))
        .collect();
    assert_eq!(
        relations,
        ["new", "already-copied", "identical", "identical"]
    );
}

#[tokio::test]
async fn researcher_02_and_the_newcomer_are_offered_nothing() {
    let setup = Setup::with_sample().await;
    for name in ["Researcher 02", "Newcomer"] {
        let plan = setup.get(&person(name), "/api/v1/legacy").await;
        assert_eq!(plan.body, json!({"offer": false, "accounts": []}), "{name}");
    }
}

#[tokio::test]
async fn researcher_03_is_offered_nothing_before_the_address_is_verified() {
    let setup = Setup::with_sample().await;
    let person = person("Researcher 03");
    let before = setup.redis.content().await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(
        (plan.problem(), plan.status.as_u16()),
        ("email-not-verified", 403)
    );
    let migration = setup
        .transfer(&person, "/api/v1/migrations", "guess", "key", &json!({}))
        .await;
    assert_eq!(migration.problem(), "email-not-verified");
    assert_eq!(setup.redis.content().await, before);
    let stranger = setup.get(&self::person("Newcomer"), "/api/v1/legacy").await;
    assert_eq!(stranger.body["accounts"], json!([]));
}
