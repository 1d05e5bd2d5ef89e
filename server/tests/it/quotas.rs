//! What one account may use of Redis.

use crate::harness::{ApiResponse, Person, Setup, people};
use http::Method;
use serde_json::json;
use uuid::Uuid;

const MIB: usize = 1024 * 1024;

fn newcomer() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// Imports one small collection.
async fn import(setup: &Setup, person: &Person, name: &str) -> ApiResponse {
    let collections = json!([{
        "id": Uuid::new_v4(), "name": name, "members": ["1:A"],
        "created": "2024-01-01T00:00:00Z", "changed": "2024-01-01T00:00:00Z",
    }]);
    let plan = json!({ "collections": collections });
    let plan = setup.post(person, "/api/v1/imports/plan", &plan).await;
    let body = json!({ "collections": collections, "choices": {} });
    setup
        .transfer(person, "/api/v1/imports", plan.fingerprint(), name, &body)
        .await
}

/// Returns the path of the receipt of an import.
async fn imported(setup: &Setup, person: &Person, name: &str) -> String {
    let receipt = import(setup, person, name).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let id = receipt.body["id"].as_str().expect("an id");
    format!("/api/v1/receipts/{id}")
}

/// Makes the stored list of a person this long without changing its meaning.
async fn pad(setup: &Setup, person: &Person, bytes: usize) {
    let stored = setup.redis.hget("collections2", &person.user_id).await;
    let mut list = stored.unwrap_or_else(|| b"[]".to_vec());
    list.resize(bytes, b' ');
    let redis = &setup.redis;
    redis.hset("collections2", &person.user_id, &list).await;
}

async fn undo_dropped(setup: &Setup, person: &Person, receipt: &str) -> bool {
    let shown = setup.get(person, receipt).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let is_dropped = shown.body["undo_dropped"] == true;
    let has_ended = shown.body["undoable_until"] == shown.body["at"];
    assert_eq!(is_dropped, has_ended);
    is_dropped
}

#[tokio::test]
async fn oldest_before_images_beyond_the_quota_are_dropped_but_never_the_newest() {
    let setup = Setup::with(&["--quota-before-images-mb=1"], &people()).await;
    let person = newcomer();
    let mut receipts = Vec::new();
    for name in ["first", "second"] {
        pad(&setup, &person, 700 * 1024).await;
        receipts.push(imported(&setup, &person, name).await);
    }
    assert!(undo_dropped(&setup, &person, &receipts[0]).await);
    assert!(!undo_dropped(&setup, &person, &receipts[1]).await);
    let refused = setup.undo(&person, &receipts[0], "u1").await;
    assert_eq!(refused.problem(), "invalid-request");
    let reason = refused.body["errors"][0]["reason"].as_str();
    assert!(reason.is_some_and(|reason| reason.contains("quota")));

    pad(&setup, &person, 2 * MIB).await;
    receipts.push(imported(&setup, &person, "larger").await);
    assert!(undo_dropped(&setup, &person, &receipts[1]).await);
    assert!(!undo_dropped(&setup, &person, &receipts[2]).await);
    let list = setup.get(&person, "/api/v1/receipts").await;
    let listed = list.body["receipts"].as_array().expect("receipts");
    let dropped = listed.iter().filter(|one| one["undo_dropped"] == true);
    assert_eq!((listed.len(), dropped.count()), (3, 2));
    let undone = setup.undo(&person, &receipts[2], "u2").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
}

#[tokio::test]
async fn before_images_within_the_quota_are_all_kept() {
    let setup = Setup::with(&["--quota-before-images-mb=1"], &people()).await;
    let person = newcomer();
    let mut receipts = Vec::new();
    for number in 0..5 {
        receipts.push(imported(&setup, &person, &format!("number-{number}")).await);
    }
    for receipt in &receipts {
        assert!(!undo_dropped(&setup, &person, receipt).await);
    }
}

#[tokio::test]
async fn receipts_beyond_the_quota_become_summaries() {
    let setup = Setup::with(&["--quota-full-receipts=2"], &people()).await;
    let person = newcomer();
    let mut receipts = Vec::new();
    for name in ["one", "two", "three", "four"] {
        receipts.push(imported(&setup, &person, name).await);
    }
    for (number, receipt) in receipts.iter().enumerate() {
        let shown = setup.get(&person, receipt).await.body;
        let is_summary = number < 2;
        assert_eq!(shown["is_summary"] == true, is_summary, "{shown}");
        assert_eq!(shown["moved"], 1, "{shown}");
        let items = shown["items"].as_array().expect("items");
        assert_eq!(items.is_empty(), is_summary);
        assert_eq!(undo_dropped(&setup, &person, receipt).await, is_summary);
    }
    let refused = setup.undo(&person, &receipts[0], "u1").await;
    assert_eq!(refused.problem(), "invalid-request");
    let undone = setup.undo(&person, &receipts[2], "u2").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let shown = setup.get(&person, &receipts[2]).await.body;
    assert_eq!(shown["undone_by"], undone.body["id"]);
}

#[tokio::test]
async fn list_beyond_the_quota_may_shrink_but_not_grow() {
    let setup = Setup::with(&["--quota-collections-mb=1"], &people()).await;
    let person = newcomer();
    let new = json!({ "name": "New", "members": ["1:A"] });
    let created = setup.post(&person, "/api/v1/collections", &new).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let stored = setup.redis.hget("collections2", &person.user_id).await;
    let mut list = stored.expect("a list");
    list.pop();
    list.extend(format!(r#", "{}"]"#, "x".repeat(2 * MIB)).into_bytes());
    let redis = &setup.redis;
    redis.hset("collections2", &person.user_id, &list).await;
    let before = setup.redis.content().await;
    for refused in [
        setup.post(&person, "/api/v1/collections", &new).await,
        import(&setup, &person, "imported").await,
    ] {
        let problem = (refused.problem(), refused.status.as_u16());
        assert_eq!(problem, ("quota-exceeded", 507), "{}", refused.body);
        let detail = refused.body["detail"].as_str().expect("a text");
        assert!(detail.contains("delete collections"), "{detail}");
    }
    assert!(setup.redis.content().await == before, "nothing has changed");
    let path = created.header("location");
    let seen = setup.get(&person, path).await;
    let tag = Some(seen.header("etag"));
    let deleted = setup.edit(&person, Method::DELETE, path, tag, None).await;
    assert!(deleted.status.is_success(), "{}", deleted.body);
}

/// A damaged record of our own must not make a commit fail half done.
#[tokio::test]
async fn damaged_books_stop_no_change() {
    let setup = Setup::empty().await;
    let person = newcomer();
    let usage = format!("gnc:usage:{}", person.user_id);
    for (field, value) in [
        ("image:removed", "none"),
        ("image:last", "1"),
        ("image:1", "no entry"),
        ("image:bytes", ""),
    ] {
        setup.redis.hset(&usage, field, value.as_bytes()).await;
    }
    let receipt = imported(&setup, &person, "collection").await;
    assert!(!undo_dropped(&setup, &person, &receipt).await);
    assert_eq!(setup.stored(&person).await.len(), 1);
    let entry = setup.redis.hget(&usage, "image:2").await.expect("an entry");
    let entry = String::from_utf8(entry).expect("text");
    let id = receipt.rsplit('/').next().expect("an id");
    assert!(entry.starts_with(&format!("gnc:before:{id} ")), "{entry}");
    assert_eq!(setup.redis.hget(&usage, "image:1").await, None::<Vec<u8>>);
}
