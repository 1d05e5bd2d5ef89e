//! Deleting several collections at once: all or none, with one receipt and one undo.

use crate::harness::{ApiResponse, Person, Setup, people};
use http::Method;
use serde_json::{Value, json};

const BATCH: &str = "/api/v1/collections/batch";
const COLLECTIONS: &str = "/api/v1/collections";

fn person() -> Person {
    let mut people = people().into_iter();
    let newcomer = people.find(|person| person.name == "Newcomer");
    newcomer.expect("there")
}

/// Stores a list of this many collections with unusual white space, each with a note.
async fn store(setup: &Setup, number: usize) -> Vec<u8> {
    let time = "Nov 12 2019 03:27PM";
    let entries = (0..number).map(|number| {
        let id = uuid::Uuid::from_u128(number as u128 + 1);
        let entry = json!({"id": id, "name": format!("C{number}"), "created": time, "changed": time, "num_members": 1, "members": ["a:b"], "x": 1.50});
        entry.to_string()
    });
    let list = format!(" [{}]\n", entries.collect::<Vec<_>>().join(" ,\t"));
    let owner = person().user_id;
    setup
        .redis
        .hset("collections2", &owner, list.as_bytes())
        .await;
    list.into_bytes()
}

async fn stored(setup: &Setup) -> Option<Vec<u8>> {
    setup.redis.hget("collections2", &person().user_id).await
}

/// Returns the collections as the page knows them from the list.
async fn shown(setup: &Setup) -> Vec<Value> {
    let list = setup.get(&person(), COLLECTIONS).await.body;
    let collections = list["collections"].as_array().expect("a list").clone();
    let shown = collections.into_iter().map(|mut collection| {
        collection
            .as_object_mut()
            .expect("an object")
            .remove("created");
        collection
    });
    shown.collect()
}

async fn delete(setup: &Setup, collections: &[Value]) -> ApiResponse {
    setup
        .post(&person(), BATCH, &json!({"delete": collections}))
        .await
}

#[tokio::test]
async fn four_hundred_collections_are_deleted_and_restored_with_one_request_each() {
    let setup = Setup::empty().await;
    let before = store(&setup, 401).await;
    let notes = format!("gnc:notes:{}", person().user_id);
    let id = uuid::Uuid::from_u128(7).to_string();
    setup.redis.hset(&notes, &id, b"a note").await;
    let all = shown(&setup).await;
    let deleted = delete(&setup, &all[..400]).await;
    assert_eq!(deleted.status, 204, "{}", deleted.body);
    assert_eq!(shown(&setup).await, all[400..]);
    assert_eq!(setup.redis.hget(&notes, &id).await, None);

    let receipts = setup.get(&person(), "/api/v1/receipts").await.body;
    assert_eq!(receipts["receipts"].as_array().map(Vec::len), Some(1));
    let receipt = &receipts["receipts"][0];
    assert_eq!(
        (&receipt["kind"], &receipt["items"][399]["source_name"]),
        (&json!("deletion"), &json!("C399"))
    );

    let again = delete(&setup, &all[..400]).await;
    assert_eq!(
        again.header("location"),
        deleted.header("location"),
        "the same request again"
    );

    let undone = setup.undo(&person(), deleted.header("location"), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(stored(&setup).await, Some(before), "byte for byte");
    assert_eq!(
        setup.redis.hget(&notes, &id).await,
        Some(b"a note".to_vec())
    );
}

#[tokio::test]
async fn nothing_is_deleted_if_one_collection_is_not_as_it_was_shown() {
    let setup = Setup::empty().await;
    let before = store(&setup, 5).await;
    let all = shown(&setup).await;
    let altered = |field: &str, value: Value| {
        let mut collections = all.clone();
        collections[3][field] = value;
        collections
    };
    for collections in [
        altered("name", json!("other")),
        altered("num_members", json!(2)),
        altered("changed", json!("2026-01-01T00:00:00Z")),
        altered("id", json!(uuid::Uuid::nil())),
    ] {
        let refused = delete(&setup, &collections).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.body["type"]),
            (412, &json!("/problems/precondition-failed"))
        );
        assert_eq!(stored(&setup).await.as_ref(), Some(&before));
    }
    let refused = delete(&setup, &[]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
}

#[tokio::test]
async fn restored_collections_join_what_was_written_since() {
    let setup = Setup::empty().await;
    store(&setup, 4).await;
    let all = shown(&setup).await;
    let deleted = delete(&setup, &all[1..3]).await;
    let body = json!({"name": "since", "members": []});
    assert_eq!(setup.post(&person(), COLLECTIONS, &body).await.status, 201);
    let undone = setup.undo(&person(), deleted.header("location"), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let names = shown(&setup).await;
    let names: Vec<&str> = names
        .iter()
        .filter_map(|shown| shown["name"].as_str())
        .collect();
    assert_eq!(names, ["C0", "C3", "since", "C1", "C2"]);
}

#[tokio::test]
async fn histories_last_as_long_as_their_collections() {
    let setup = Setup::empty().await;
    store(&setup, 3).await;
    for collection in shown(&setup).await {
        let path = format!(
            "{COLLECTIONS}/{}",
            collection["id"].as_str().expect("an id")
        );
        let tag = setup.get(&person(), &path).await.header("etag").to_owned();
        let body = json!({"add": ["c:d"]});
        let edited = setup
            .edit(&person(), Method::PATCH, &path, Some(&tag), Some(&body))
            .await;
        assert_eq!(edited.status, 200, "{}", edited.body);
    }
    let collections = shown(&setup).await;
    let deleted = delete(&setup, &collections).await;
    let days = async || {
        let mut connection = setup.redis.connect().await;
        let mut days = Vec::new();
        for collection in &collections {
            let id = collection["id"].as_str().expect("an id");
            let key = format!("gnc:history:{}:{id}", person().user_id);
            let seconds: i64 = redis::cmd("TTL")
                .arg(key)
                .query_async(&mut connection)
                .await
                .expect("an answer");
            days.push((seconds + 43_200) / 86_400);
        }
        days
    };
    assert_eq!(days().await, [30; 3]);
    setup.undo(&person(), deleted.header("location"), "u").await;
    assert_eq!(days().await, [730; 3]);
}
