//! The anonymous collections of somebody who has signed in.

use super::{VISITOR, list, person, post, setup, stored};
use serde_json::{Value, json};

async fn make(setup: &crate::harness::Setup, name: &str, traits: &[&str]) -> Value {
    post(setup, "new", None, json!({"name": name, "traits": traits})).await
}

#[tokio::test]
async fn import_has_a_receipt_that_undoes_it_byte_for_byte() {
    let setup = setup(&[]).await;
    let user = person();
    make(&setup, "one", &["a:b"]).await;
    make(&setup, "two", &["a:b", "c:d"]).await;
    post(
        &setup,
        "new",
        Some(&user),
        json!({"name": "one", "traits": ["x:y"]}),
    )
    .await;
    let before = setup.redis.content().await;
    let body = json!({});
    let imported = post(&setup, "anonymous/import", Some(&user), body.clone()).await;
    assert_eq!(imported, json!({"message": "Import of 2 was successful."}));
    assert_eq!(list(&setup, None).await, json!([]));
    let own = list(&setup, Some(&user)).await;
    let names: Vec<&Value> = own
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["one", "one (2)", "two"]);
    let again = post(&setup, "anonymous/import", Some(&user), body).await;
    assert_eq!(again["message"], "Import of 0 was successful.");

    let receipts = setup.get(&user, "/api/v1/receipts").await;
    let receipt = &receipts.body["receipts"][0];
    assert_eq!(
        (&receipt["kind"], &receipt["items"][0]["source_owner"]),
        (&json!("import"), &json!(VISITOR))
    );
    let receipt = format!(
        "/api/v1/receipts/{}",
        receipt["id"].as_str().expect("an id")
    );
    let undone = setup.undo(&user, &receipt, "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn undone_import_leaves_later_edits_of_both_lists() {
    let setup = setup(&[]).await;
    let user = person();
    let one = make(&setup, "one", &["a:b"]).await;
    make(&setup, "two", &["c:d"]).await;
    post(&setup, "anonymous/import", Some(&user), json!({})).await;
    let own = list(&setup, Some(&user)).await;
    let two = own[1]["id"].as_str().expect("an id");
    let add = json!({"traits": ["e:f"]});
    post(&setup, &format!("{two}/traits/add"), Some(&user), add).await;
    make(&setup, "three", &["g:h"]).await;
    let receipts = setup.get(&user, "/api/v1/receipts").await;
    let receipt = receipts.body["receipts"][0]["id"].as_str().expect("an id");
    let receipt = format!("/api/v1/receipts/{receipt}");
    let undone = setup.undo(&user, &receipt, "u").await;
    assert_eq!(
        (undone.status.as_u16(), &undone.body["moved"]),
        (201, &json!(1))
    );
    let names = |list: Value| -> Vec<Value> {
        let list = list.as_array().expect("a list").clone();
        list.into_iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names(list(&setup, Some(&user)).await), ["two"]);
    let left = list(&setup, None).await;
    assert_eq!(left[1]["id"], one["id"]);
    assert_eq!(names(left), ["three", "one"]);
}

#[tokio::test]
async fn empty_and_present_collections_stay_with_the_visitor() {
    let setup = setup(&[]).await;
    let user = person();
    post(
        &setup,
        "new",
        Some(&user),
        json!({"name": "same", "traits": ["a:b"]}),
    )
    .await;
    make(&setup, "same", &["a:b"]).await;
    make(&setup, "Your Default Collection", &[]).await;
    let before = setup.redis.content().await;
    let imported = post(&setup, "anonymous/import", Some(&user), json!({})).await;
    assert_eq!(imported["message"], "Import of 0 was successful.");
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn anonymous_collections_are_deleted_with_a_receipt() {
    let setup = setup(&[]).await;
    make(&setup, "one", &["a:b"]).await;
    make(&setup, "two", &[]).await;
    let deleted = post(&setup, "anonymous/delete", Some(&person()), json!({})).await;
    assert_eq!(deleted["message"], "Deletion of 2 was successful.");
    assert_eq!(stored(&setup, VISITOR).await, json!([]));
    let mut count = redis::cmd("HLEN");
    count.arg(format!("gnc:receipts:{VISITOR}"));
    let receipts: usize = count
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("read");
    assert_eq!(receipts, 1, "operators can undo it");
    let nothing = post(&setup, "anonymous/delete", Some(&person()), json!({})).await;
    assert_eq!(nothing["message"], "Deletion of 0 was successful.");
}

#[tokio::test]
async fn audit_stream_tells_visitors_from_people_whatever_they_send() {
    let setup = setup(&[]).await;
    let user = person();
    let forged = |name: &str| json!({"name": name, "traits": [], "actor": "operator"});
    post(&setup, "new", None, forged("one")).await;
    post(&setup, "new", Some(&user), forged("two")).await;
    let mut range = redis::cmd("XRANGE");
    range.arg("gnc:audit").arg("-").arg("+");
    let connection = &mut setup.redis.connect().await;
    let entries: Vec<(String, std::collections::BTreeMap<String, String>)> =
        range.query_async(connection).await.expect("a stream");
    let found: Vec<_> = entries
        .iter()
        .map(|(_, entry)| (&*entry["who"], &*entry["actor"]))
        .collect();
    assert_eq!(found, [(VISITOR, "anonymous"), (&*user.user_id, "person")]);
}
