//! The history of a collection, and restoring earlier versions.

use crate::harness::{ApiResponse, Person, Setup, people};
use http::Method;
use redis::AsyncCommands;
use serde_json::{Value, json};

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// A collection, and the servers that hold it.
struct EditedCollection {
    setup: Setup,
    path: String,
}

impl EditedCollection {
    async fn make(name: &str, members: &[&str]) -> Self {
        let setup = Setup::empty().await;
        let body = json!({"name": name, "members": members});
        let made = setup.post(&person(), "/api/v1/collections", &body).await;
        let path = made.header("location").to_owned();
        Self { setup, path }
    }

    async fn read(&self) -> ApiResponse {
        self.setup.get(&person(), &self.path).await
    }

    /// Returns the current name and members.
    async fn content(&self) -> (Value, Value) {
        let read = self.read().await;
        (read.body["name"].clone(), read.body["members"].clone())
    }

    async fn patch(&self, body: Value) {
        let tag = self.read().await.header("etag").to_owned();
        let answer = self
            .setup
            .edit(
                &person(),
                Method::PATCH,
                &self.path,
                Some(&tag),
                Some(&body),
            )
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    async fn history(&self) -> Vec<Value> {
        let path = format!("{}/history", self.path);
        let answer = self.setup.get(&person(), &path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("etag"), self.read().await.header("etag"));
        answer.body["changes"].as_array().expect("changes").clone()
    }

    async fn go_back(&self, number: &Value, tag: &str) -> ApiResponse {
        let path = format!("{}/history/{number}/restore", self.path);
        self.setup
            .edit(&person(), Method::POST, &path, Some(tag), None)
            .await
    }

    async fn gone_back(&self, number: &Value) {
        let tag = self.read().await.header("etag").to_owned();
        let answer = self.go_back(number, &tag).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("etag"), self.read().await.header("etag"));
    }

    /// Returns the stored list of the owner.
    async fn stored(&self) -> String {
        let mut redis = self.setup.redis.connect().await;
        let owner = person().user_id.clone();
        redis.hget("collections2", owner).await.expect("a list")
    }

    async fn overwrite(&self, list: &str) {
        let mut redis = self.setup.redis.connect().await;
        let owner = person().user_id.clone();
        let written: i64 = redis.hset("collections2", owner, list).await.expect("set");
        assert_eq!(written, 0);
    }

    /// Returns the keys of all histories, with their lifetimes in seconds.
    async fn lives(&self) -> Vec<i64> {
        let mut redis = self.setup.redis.connect().await;
        let keys: Vec<String> = redis.keys("gnc:history:*").await.expect("keys");
        let mut lives = Vec::new();
        for key in keys {
            lives.push(redis.ttl(key).await.expect("a life"));
        }
        lives
    }
}

#[tokio::test]
async fn each_of_the_last_twenty_versions_can_be_restored() {
    let collection = EditedCollection::make("Liver", &["0:D"]).await;
    assert!(collection.history().await.is_empty());
    for number in 1..=24 {
        collection
            .patch(json!({"add": [format!("{number}:D")]}))
            .await;
    }
    collection
        .patch(json!({"name": "Leber", "remove": ["0:D", "3:D"]}))
        .await;
    let changes = collection.history().await;
    assert_eq!(changes.len(), 20);
    let last = &changes[0];
    let said = |key: &str| last[key].clone();
    assert_eq!(
        json!([
            said("name"),
            said("renamed"),
            said("num_members"),
            said("added"),
            said("removed"),
            said("elsewhere")
        ]),
        json!(["Liver", true, 25, 0, 2, false])
    );
    let before = collection.content().await;
    collection.gone_back(&changes[19]["number"]).await;
    let members: Vec<String> = (0..6).map(|number| format!("{number}:D")).collect();
    assert_eq!(collection.content().await, (json!("Liver"), json!(members)));

    // Going back can be gone back over as well.
    let newest = collection.history().await[0]["number"].clone();
    collection.gone_back(&newest).await;
    assert_eq!(collection.content().await, before);
    crate::interop::gn_auth_reads(&collection.setup.stored(&person()).await[0]);
}

#[tokio::test]
async fn changes_by_another_program_appear_in_the_history() {
    let collection = EditedCollection::make("Liver", &["a:D"]).await;
    collection.patch(json!({"add": ["ours:D"]})).await;
    let theirs = collection
        .stored()
        .await
        .replace(r#""a:D""#, r#""th\u00e9irs:D""#);
    collection.overwrite(&theirs).await;
    let changes = collection.history().await;
    assert_eq!((&changes[0]["elsewhere"], changes.len()), (&json!(true), 2));
    assert_eq!(
        collection.history().await,
        changes,
        "looking changes nothing"
    );

    collection.gone_back(&changes[0]["number"]).await;
    assert_eq!(collection.content().await.1, json!(["a:D", "ours:D"]));
    let changes = collection.history().await;
    let elsewhere: Vec<&Value> = changes.iter().map(|change| &change["elsewhere"]).collect();
    assert_eq!(elsewhere, [&json!(false), &json!(true), &json!(false)]);
    collection.gone_back(&changes[0]["number"]).await;
    assert_eq!(collection.content().await.1, json!(["théirs:D", "ours:D"]));
}

#[tokio::test]
async fn restore_from_another_version_is_refused() {
    let collection = EditedCollection::make("Liver", &["a:D"]).await;
    collection.patch(json!({"name": "Leber"})).await;
    let number = collection.history().await[0]["number"].clone();
    let tag = collection.read().await.header("etag").to_owned();
    collection.patch(json!({"add": ["b:D"]})).await;
    let before = collection.stored().await;
    let stale = collection.go_back(&number, &tag).await;
    assert_eq!(stale.problem(), "precondition-failed");
    let path = format!("{}/history/{number}/restore", collection.path);
    let without = collection
        .setup
        .edit(&person(), Method::POST, &path, None, None)
        .await;
    assert_eq!(without.problem(), "precondition-required");
    let tag = collection.read().await.header("etag").to_owned();
    for number in [json!(99), json!(-1), json!("x")] {
        let missing = collection.go_back(&number, &tag).await;
        assert_eq!(missing.problem(), "not-found");
    }
    assert_eq!(collection.stored().await, before);
}

#[tokio::test]
async fn history_of_another_account_is_not_found() {
    let collection = EditedCollection::make("Liver", &["a:D"]).await;
    collection.patch(json!({"name": "Leber"})).await;
    let other = people()
        .into_iter()
        .find(|other| other.user_id != person().user_id)
        .expect("somebody");
    let path = format!("{}/history", collection.path);
    assert_eq!(
        collection.setup.get(&other, &path).await.problem(),
        "not-found"
    );
    let tag = collection.read().await.header("etag").to_owned();
    let path = format!("{path}/1/restore");
    let refused = collection
        .setup
        .edit(&other, Method::POST, &path, Some(&tag), None)
        .await;
    assert_eq!(refused.problem(), "not-found");
}

#[tokio::test]
async fn history_survives_only_an_undone_deletion() {
    let collection = EditedCollection::make("Liver", &["a:D"]).await;
    collection.patch(json!({"name": "Leber"})).await;
    let day = 86_400;
    let [life] = collection.lives().await[..] else {
        panic!("one history")
    };
    assert!(life > 729 * day, "{life}");
    let tag = collection.read().await.header("etag").to_owned();
    let deleted = collection
        .setup
        .edit(
            &person(),
            Method::DELETE,
            &collection.path,
            Some(&tag),
            None,
        )
        .await;
    let [life] = collection.lives().await[..] else {
        panic!("one history")
    };
    assert!((29 * day..=30 * day).contains(&life), "{life}");
    let receipt = deleted.header("location");
    let undone = collection.setup.undo(&person(), receipt, "undo-1").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let [life] = collection.lives().await[..] else {
        panic!("one history")
    };
    assert!(life > 729 * day, "{life}");
    collection
        .gone_back(&collection.history().await[0]["number"])
        .await;
    assert_eq!(collection.content().await.0, json!("Liver"));
}

#[tokio::test]
async fn unreadable_history_does_not_prevent_edits() {
    let collection = EditedCollection::make("Liver", &["a:D"]).await;
    collection.patch(json!({"name": "Leber"})).await;
    let mut redis = collection.setup.redis.connect().await;
    let keys: Vec<String> = redis.keys("gnc:history:*").await.expect("keys");
    let _: i64 = redis.hset(&keys[0], "ledger", "{").await.expect("set");
    assert!(collection.history().await.is_empty());
    collection.patch(json!({"name": "Foie"})).await;
    assert_eq!(collection.history().await[0]["name"], "Leber");
}
