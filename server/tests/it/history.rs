//! What a collection was before its last changes, and going back.

use crate::harness::{Answer, Person, Setup, people};
use http::Method;
use redis::AsyncCommands;
use serde_json::{Value, json};

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// A collection of a setup of its own.
struct Known {
    setup: Setup,
    path: String,
}

impl Known {
    async fn make(name: &str, members: &[&str]) -> Self {
        let setup = Setup::empty().await;
        let body = json!({"name": name, "members": members});
        let made = setup.post(&person(), "/api/v1/collections", &body).await;
        let path = made.header("location").to_owned();
        Self { setup, path }
    }

    async fn read(&self) -> Answer {
        self.setup.get(&person(), &self.path).await
    }

    /// Name and members as they are now.
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

    async fn go_back(&self, number: &Value, tag: &str) -> Answer {
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

    /// The owner's list as another program sees and writes it.
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

    /// The keys of all histories, with the seconds they live.
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
async fn the_last_twenty_changes_are_kept_and_each_can_be_gone_back_over() {
    let known = Known::make("Liver", &["0:D"]).await;
    assert!(known.history().await.is_empty());
    for number in 1..=24 {
        known.patch(json!({"add": [format!("{number}:D")]})).await;
    }
    known
        .patch(json!({"name": "Leber", "remove": ["0:D", "3:D"]}))
        .await;
    let changes = known.history().await;
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
    let before = known.content().await;
    known.gone_back(&changes[19]["number"]).await;
    let members: Vec<String> = (0..6).map(|number| format!("{number}:D")).collect();
    assert_eq!(known.content().await, (json!("Liver"), json!(members)));

    // Going back can be gone back over as well.
    let newest = known.history().await[0]["number"].clone();
    known.gone_back(&newest).await;
    assert_eq!(known.content().await, before);
    crate::interop::gn_auth_reads(&known.setup.stored(&person()).await[0]);
}

#[tokio::test]
async fn what_another_program_changed_is_a_change_too_and_nothing_is_lost_by_it() {
    let known = Known::make("Liver", &["a:D"]).await;
    known.patch(json!({"add": ["ours:D"]})).await;
    let theirs = known
        .stored()
        .await
        .replace(r#""a:D""#, r#""th\u00e9irs:D""#);
    known.overwrite(&theirs).await;
    let changes = known.history().await;
    assert_eq!((&changes[0]["elsewhere"], changes.len()), (&json!(true), 2));
    assert_eq!(known.history().await, changes, "looking changes nothing");

    known.gone_back(&changes[0]["number"]).await;
    assert_eq!(known.content().await.1, json!(["a:D", "ours:D"]));
    let changes = known.history().await;
    let elsewhere: Vec<&Value> = changes.iter().map(|change| &change["elsewhere"]).collect();
    assert_eq!(elsewhere, [&json!(false), &json!(true), &json!(false)]);
    known.gone_back(&changes[0]["number"]).await;
    assert_eq!(known.content().await.1, json!(["théirs:D", "ours:D"]));
}

#[tokio::test]
async fn going_back_names_the_version_it_was_decided_on() {
    let known = Known::make("Liver", &["a:D"]).await;
    known.patch(json!({"name": "Leber"})).await;
    let number = known.history().await[0]["number"].clone();
    let tag = known.read().await.header("etag").to_owned();
    known.patch(json!({"add": ["b:D"]})).await;
    let before = known.stored().await;
    let stale = known.go_back(&number, &tag).await;
    assert_eq!(stale.problem(), "precondition-failed");
    let path = format!("{}/history/{number}/restore", known.path);
    let without = known
        .setup
        .edit(&person(), Method::POST, &path, None, None)
        .await;
    assert_eq!(without.problem(), "precondition-required");
    let tag = known.read().await.header("etag").to_owned();
    for number in [json!(99), json!(-1), json!("x")] {
        let missing = known.go_back(&number, &tag).await;
        assert_eq!(missing.problem(), "not-found");
    }
    assert_eq!(known.stored().await, before);
}

#[tokio::test]
async fn nobody_sees_or_restores_what_belongs_to_another_account() {
    let known = Known::make("Liver", &["a:D"]).await;
    known.patch(json!({"name": "Leber"})).await;
    let other = people()
        .into_iter()
        .find(|other| other.user_id != person().user_id)
        .expect("somebody");
    let path = format!("{}/history", known.path);
    assert_eq!(known.setup.get(&other, &path).await.problem(), "not-found");
    let tag = known.read().await.header("etag").to_owned();
    let path = format!("{path}/1/restore");
    let refused = known
        .setup
        .edit(&other, Method::POST, &path, Some(&tag), None)
        .await;
    assert_eq!(refused.problem(), "not-found");
}

#[tokio::test]
async fn a_history_outlives_a_deletion_that_is_undone_and_no_other() {
    let known = Known::make("Liver", &["a:D"]).await;
    known.patch(json!({"name": "Leber"})).await;
    let day = 86_400;
    let [life] = known.lives().await[..] else {
        panic!("one history")
    };
    assert!(life > 729 * day, "{life}");
    let tag = known.read().await.header("etag").to_owned();
    let deleted = known
        .setup
        .edit(&person(), Method::DELETE, &known.path, Some(&tag), None)
        .await;
    let [life] = known.lives().await[..] else {
        panic!("one history")
    };
    assert!((29 * day..=30 * day).contains(&life), "{life}");
    let receipt = deleted.header("location");
    let undone = known.setup.undo(&person(), receipt, "undo-1").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let [life] = known.lives().await[..] else {
        panic!("one history")
    };
    assert!(life > 729 * day, "{life}");
    known.gone_back(&known.history().await[0]["number"]).await;
    assert_eq!(known.content().await.0, json!("Liver"));
}

#[tokio::test]
async fn a_history_that_cannot_be_read_keeps_nobody_from_editing() {
    let known = Known::make("Liver", &["a:D"]).await;
    known.patch(json!({"name": "Leber"})).await;
    let mut redis = known.setup.redis.connect().await;
    let keys: Vec<String> = redis.keys("gnc:history:*").await.expect("keys");
    let _: i64 = redis.hset(&keys[0], "ledger", "{").await.expect("set");
    assert!(known.history().await.is_empty());
    known.patch(json!({"name": "Foie"})).await;
    assert_eq!(known.history().await[0]["name"], "Leber");
}
