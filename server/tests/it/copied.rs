//! Collections that gn-auth copied, or did not copy, or overwrote: no collection that is missing
//! from the account goes unoffered. The legacy accounts and gn-auth's writes are as those programs
//! make them.

use crate::harness::{ApiResponse, GnAuth, Person, Setup, people};
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const FIRST: &str = "11111111-1111-4111-8111-111111111111";
const SECOND: &str = "22222222-2222-4222-8222-222222222222";
const TIME: &str = "Nov 12 2019 03:27PM";

/// Returns the id of the collection with this number.
fn id(number: u32) -> String {
    format!("cccccccc-cccc-4ccc-8ccc-{number:012}")
}

/// Returns a collection as GN2 stores it.
fn legacy(number: u32) -> Value {
    let members = [
        format!("{number}:BXDPublish"),
        "1435464_at:HC_M2_0606_P".into(),
    ];
    json!({
        "id": id(number), "name": format!("collection {number}"), "created_timestamp": TIME,
        "changed_timestamp": TIME, "num_members": 2, "members": members,
    })
}

/// Two legacy accounts with the same spelling of the address: the first has the collections 1, 2
/// and 3, the second 4 and 5.
struct Stage {
    setup: Setup,
    person: Person,
}

impl Stage {
    async fn new() -> Self {
        let setup = Setup::empty().await;
        let person = people()
            .into_iter()
            .find(|person| person.name == "Newcomer");
        let person = person.expect("there");
        for (owner, numbers) in [(FIRST, 1..=3), (SECOND, 4..=5)] {
            let account =
                json!({"user_id": owner, "full_name": "A B", "email_address": person.email});
            let list: Vec<String> = numbers.map(|number| legacy(number).to_string()).collect();
            setup
                .redis
                .hset("users", owner, account.to_string().as_bytes())
                .await;
            let list = format!("[{}]", list.join(", "));
            setup
                .redis
                .hset("collections", owner, list.as_bytes())
                .await;
        }
        Self { setup, person }
    }

    fn gn_auth(&self) -> GnAuth<'_> {
        GnAuth::new(&self.setup.redis, &self.person)
    }

    /// Returns the plan, and checks that each collection is in the account or can be moved there.
    async fn plan(&self) -> ApiResponse {
        let plan = self.setup.get(&self.person, "/api/v1/legacy").await;
        let mut reachable = self.ids_in_account().await;
        for item in plan.items() {
            let allowed = item["allowed"].as_array().expect("actions");
            if allowed
                .iter()
                .any(|action| action == "move" || action == "keep-both")
            {
                reachable.insert(item["source_id"].as_str().expect("an id").to_owned());
            }
        }
        let all: BTreeSet<String> = (1..=5).map(id).collect();
        assert!(reachable.is_superset(&all), "{}", plan.body);
        plan
    }

    async fn ids_in_account(&self) -> BTreeSet<String> {
        let stored = self.setup.stored(&self.person).await;
        let ids = stored.iter().map(|one| one["id"].as_str().expect("an id"));
        ids.map(ToOwned::to_owned).collect()
    }

    async fn migrate(&self, key: &str, choices: Value) -> Value {
        let receipt = self.setup.migrate(&self.person, key, &choices).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        receipt.body
    }

    async fn undo(&self, receipt: &Value) {
        let path = format!(
            "/api/v1/receipts/{}",
            receipt["id"].as_str().expect("an id")
        );
        let undone = self.setup.undo(&self.person, &path, "undo").await;
        assert_eq!(undone.status, 201, "{}", undone.body);
    }

    async fn delete_here(&self, number: u32) {
        let path = format!("/api/v1/collections/{}", id(number));
        let tag = self
            .setup
            .get(&self.person, &path)
            .await
            .header("etag")
            .to_owned();
        let deleted = self
            .setup
            .edit(&self.person, Method::DELETE, &path, Some(&tag), None)
            .await;
        assert!(deleted.status.is_success(), "{}", deleted.body);
    }

    /// Returns the ids in a legacy list.
    async fn legacy_ids(&self, owner: &str) -> Vec<String> {
        let list = self.setup.redis.hget("collections", owner).await;
        let list: Vec<Value> = list.map_or_else(Vec::new, |list| {
            serde_json::from_slice(&list).expect("JSON")
        });
        list.iter()
            .map(|one| one["id"].as_str().expect("an id").to_owned())
            .collect()
    }

    async fn expect_all_in_account(&self) {
        let all: BTreeSet<String> = (1..=5).map(id).collect();
        assert_eq!(self.ids_in_account().await, all);
    }
}

/// Returns number, relation, earlier outcome and action of each item.
fn summary(plan: &ApiResponse) -> Vec<String> {
    let mut lines: Vec<String> = plan
        .items()
        .iter()
        .map(|item| {
            let text = |name: &str| item[name].as_str().unwrap_or("-").to_owned();
            let number = text("source_id").chars().last().expect("an id");
            format!(
                "{number} {} {} {}",
                text("relation"),
                text("earlier"),
                text("action")
            )
        })
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn account_that_gn_auth_did_not_copy_is_offered_as_new() {
    let stage = Stage::new().await;
    let copied = stage.gn_auth().list().await;
    let plan = stage.plan().await;
    assert_eq!(plan.body["offer"], true);
    for account in plan.body["accounts"].as_array().expect("accounts") {
        let is_copied = account["legacy_user_id"] == copied.as_str();
        assert_eq!(account["copied_by_gn_auth"], is_copied);
        for item in account["items"].as_array().expect("items") {
            let expected = if is_copied { "identical" } else { "new" };
            assert_eq!(item["relation"], expected, "{}", plan.body);
        }
    }
    stage.migrate("all", json!({})).await;
    stage.expect_all_in_account().await;
    assert_eq!(stage.plan().await.body["offer"], false);
}

#[tokio::test]
async fn collection_missing_from_a_copied_account_is_offered_and_a_changed_one_is_not() {
    for listings in [1, 2] {
        let stage = Stage::new().await;
        let gn_auth = stage.gn_auth();
        gn_auth.fill_records(SECOND).await;
        // Two listings at once toggle the flag back to false.
        let (one, other) = (gn_auth.read().await, gn_auth.read().await);
        gn_auth.write(one).await;
        if listings == 2 {
            gn_auth.write(other).await;
        }
        assert_eq!(gn_auth.flag().await, Some(listings == 1));
        let mut list = stage.setup.stored(&stage.person).await;
        list.retain(|one| one["id"] != id(4));
        list[0]["name"] = json!("renamed");
        let list = Value::from(list).to_string();
        let owner = &stage.person.user_id;
        stage
            .setup
            .redis
            .hset("collections2", owner, list.as_bytes())
            .await;
        assert_eq!(
            summary(&stage.plan().await),
            [
                "1 new - move",
                "2 new - move",
                "3 new - move",
                "4 new - move",
                "5 already-copied - skip",
            ]
        );
    }
}

#[tokio::test]
async fn everything_is_offered_without_records_of_gn_auth() {
    let stage = Stage::new().await;
    assert!(
        summary(&stage.plan().await)
            .iter()
            .all(|item| item.ends_with("new - move"))
    );
    stage.migrate("some", json!({"0:0": "skip"})).await;
    assert_eq!(stage.gn_auth().flag().await, None);
    // gn-auth makes its records afterwards, and copies what was left behind in the account that it
    // names.
    let copied = stage.gn_auth().list().await;
    let expected = if copied == FIRST {
        "1 identical - already-present"
    } else {
        "1 new left-behind skip"
    };
    assert_eq!(summary(&stage.plan().await), [expected]);
}

#[tokio::test]
async fn undone_migration_is_offered_again_whatever_gn_auth_does_next() {
    let stage = Stage::new().await;
    stage.gn_auth().fill_records(SECOND).await;
    let receipt = stage.migrate("all", json!({"0:0": "skip"})).await;
    stage.undo(&receipt).await;
    assert!(
        summary(&stage.plan().await)
            .iter()
            .all(|item| item.ends_with("new - move"))
    );
    // Its flag is false again, so its next listing copies.
    stage.gn_auth().list().await;
    let expected = |identical: &str| {
        ["1 new - move", "2 new - move", "3 new - move"]
            .into_iter()
            .map(ToOwned::to_owned)
            .chain([4, 5].map(|number| format!("{number} {identical}")))
            .collect::<Vec<_>>()
    };
    let identical = "identical - already-present";
    assert_eq!(summary(&stage.plan().await), expected(identical));
    stage.migrate("again", json!({})).await;
    stage.expect_all_in_account().await;
}

#[tokio::test]
async fn migration_that_gn_auth_overwrites_at_its_first_listing_is_offered_again() {
    let stage = Stage::new().await;
    let gn_auth = stage.gn_auth();
    gn_auth.fill_records(SECOND).await;
    let before = stage.setup.redis.content().await;
    let listing = gn_auth.read().await;
    stage.migrate("all", json!({})).await;
    gn_auth.write(listing).await;
    // It wrote the second account's list as it had read it. The first account's is nowhere.
    assert_eq!(stage.ids_in_account().await, [id(4), id(5)].into());
    assert!(stage.legacy_ids(FIRST).await.is_empty());
    let plan = stage.plan().await;
    assert_eq!(plan.body["offer"], true);
    let offered = [
        "1 new overwritten move",
        "2 new overwritten move",
        "3 new overwritten move",
    ];
    assert_eq!(summary(&plan), offered);
    let content = stage.setup.redis.content().await;
    assert_eq!(summary(&stage.plan().await), offered);
    assert_eq!(
        stage.setup.redis.content().await,
        content,
        "looking changes nothing"
    );

    let again = stage.migrate("again", json!({})).await;
    stage.expect_all_in_account().await;
    assert_eq!(summary(&stage.plan().await), <[String; 0]>::default());
    // The undo gives them back to the account that they came from.
    stage.undo(&again).await;
    assert_eq!(stage.legacy_ids(FIRST).await, [id(1), id(2), id(3)]);
    let list = |content: &[(String, String, Vec<u8>)]| {
        let place = content
            .iter()
            .find(|(key, field, _)| key == "collections" && field == FIRST);
        place.map(|(_, _, list)| String::from_utf8_lossy(list).into_owned())
    };
    let now = stage.setup.redis.content().await;
    assert_eq!(list(&now), list(&before), "byte for byte");
    assert!(stage.plan().await.body["offer"] == true);
}

#[tokio::test]
async fn overwritten_collection_that_the_user_does_not_want_returns_to_its_source() {
    let stage = Stage::new().await;
    let owner = stage.person.user_id.clone();
    stage.setup.redis.hset("collections2", &owner, b"[]").await;
    let receipt = stage.migrate("all", json!({})).await;
    stage.setup.redis.hset("collections2", &owner, b"[]").await;
    assert!(
        summary(&stage.plan().await)
            .iter()
            .all(|item| item.ends_with("new overwritten move"))
    );
    stage.migrate("some", json!({"0:1": "skip"})).await;
    assert_eq!(stage.legacy_ids(FIRST).await, [id(2)]);
    assert_eq!(summary(&stage.plan().await), ["2 new left-behind skip"]);
    // It is in its source, also when the before-image is gone.
    let mut delete = redis::cmd("DEL");
    delete.arg(format!(
        "gnc:before:{}",
        receipt["id"].as_str().expect("an id")
    ));
    let deleted: u32 = delete
        .query_async(&mut stage.setup.redis.connect().await)
        .await
        .expect("deleted");
    assert_eq!(deleted, 1);
    assert_eq!(summary(&stage.plan().await), ["2 new left-behind skip"]);
}

#[tokio::test]
async fn collections_left_behind_are_shown_and_can_be_moved_later() {
    let stage = Stage::new().await;
    stage
        .migrate("some", json!({"0:1": "skip", "1:0": "skip"}))
        .await;
    let plan = stage.plan().await;
    assert_eq!(plan.body["offer"], false, "nobody is asked twice");
    assert_eq!(
        summary(&plan),
        ["2 new left-behind skip", "4 new left-behind skip"]
    );
    stage.migrate("more", json!({"0:0": "move"})).await;
    assert_eq!(summary(&stage.plan().await), ["4 new left-behind skip"]);
}

#[tokio::test]
async fn receipt_of_an_earlier_version_tells_what_was_left_behind() {
    let stage = Stage::new().await;
    let entry = legacy(2).to_string();
    let receipt = json!({
        "id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "kind": "migration",
        "at": "2026-01-02T03:04:05Z", "request_id": "r", "target_owner": stage.person.user_id,
        "undoable_until": "2026-02-01T03:04:05Z", "undone_by": null, "moved": 0, "merged": 0,
        "renamed": 0, "already_present": 0, "skipped": 1, "unreadable": 0, "members": 0,
        "items": [{
            "key": "0:1", "source_owner": FIRST, "source_id": id(2), "source_name": "collection 2",
            "action": "skip", "target_id": null, "target_name": null, "num_members": 2,
            "repairs": [], "source_hash": shared::collection::entry_hash(&entry),
            "target_hash": null,
        }],
    });
    let key = format!("gnc:receipts:{}", stage.person.user_id);
    let receipt_id = receipt["id"].as_str().expect("an id");
    stage
        .setup
        .redis
        .hset(&key, receipt_id, receipt.to_string().as_bytes())
        .await;
    // A receipt that nobody can read is no reason to hide anything.
    stage
        .setup
        .redis
        .hset(&key, "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", b"{")
        .await;
    let plan = summary(&stage.plan().await);
    assert_eq!(plan[1], "2 new left-behind skip");
    assert_eq!(plan[0], "1 new - move");
}

#[tokio::test]
async fn collection_that_the_user_deleted_here_is_not_moved_unasked() {
    let stage = Stage::new().await;
    stage.gn_auth().fill_records(SECOND).await;
    stage.gn_auth().list().await;
    stage.delete_here(4).await;
    let plan = summary(&stage.plan().await);
    assert_eq!(
        plan[3..],
        ["4 new deleted skip", "5 identical - already-present"]
    );

    // One that was migrated and then deleted is in the trash, and not offered as lost.
    stage.migrate("all", json!({})).await;
    stage.delete_here(1).await;
    let plan = stage.setup.get(&stage.person, "/api/v1/legacy").await;
    assert_eq!(
        summary(&plan),
        ["4 new deleted skip", "5 identical - already-present"]
    );
}

#[tokio::test]
async fn migrated_collection_that_another_program_removed_can_be_moved_again() {
    let stage = Stage::new().await;
    stage.migrate("all", json!({})).await;
    let mut list = stage.setup.stored(&stage.person).await;
    list.retain(|one| one["id"] != id(2));
    let owner = &stage.person.user_id;
    let list = Value::from(list).to_string();
    stage
        .setup
        .redis
        .hset("collections2", owner, list.as_bytes())
        .await;
    let plan = stage.plan().await;
    assert_eq!(
        plan.body["offer"], false,
        "perhaps the user deleted it at GN2"
    );
    assert_eq!(summary(&plan), ["2 new removed skip"]);
    stage.migrate("again", json!({"0:0": "move"})).await;
    stage.expect_all_in_account().await;
}
