//! gn-auth's collection endpoints, as GN2 calls them.

mod anonymous;
mod refusals;
mod writers;

use crate::harness::{ApiResponse, Person, Setup, bearer, people};
use http::Method;
use serde_json::{Value, json};
use shared::timestamp::Timestamp;

const VISITOR: &str = "a0a0a0a0-0000-4000-8000-000000000001";

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// Starts a server whose GN2 runs on this machine.
async fn setup(flags: &[&str]) -> Setup {
    let flags = [&["--gn2-bind=127.0.0.1:0"], flags].concat();
    Setup::with(&flags, &people()).await
}

fn path(rest: &str) -> String {
    format!("/auth/user/collections/{rest}")
}

/// Sends a request as GN2 does for a visitor who is signed in, or is not.
async fn send(
    setup: &Setup,
    method: Method,
    rest: &str,
    user: Option<&Person>,
    body: Option<&Value>,
) -> ApiResponse {
    let bearer = user.map(bearer);
    let headers: Vec<(&str, &str)> = bearer
        .iter()
        .map(|bearer| ("authorization", bearer.as_str()))
        .collect();
    let path = path(rest);
    setup
        .send_to(&setup.gn2_url, method, &path, &headers, body)
        .await
}

async fn post(setup: &Setup, rest: &str, user: Option<&Person>, mut body: Value) -> Value {
    body["anon_id"] = json!(VISITOR);
    let answer = send(setup, Method::POST, rest, user, Some(&body)).await;
    assert_eq!(answer.status, 200, "{rest}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    answer.body
}

/// Lists the collections of the account, or of the visitor.
async fn list(setup: &Setup, user: Option<&Person>) -> Value {
    let anonymous = format!("{VISITOR}/list");
    let rest = if user.is_some() { "list" } else { &anonymous };
    let answer = send(setup, Method::GET, rest, user, None).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

async fn stored(setup: &Setup, owner: &str) -> Value {
    let list = setup.redis.hget("collections2", owner).await;
    serde_json::from_slice(&list.expect("a list")).expect("JSON")
}

/// Returns the stored entry as gn-auth sends it.
fn sent(entry: &Value) -> Value {
    let date = |name: &str| {
        let stored = entry[name].as_str().expect("a date");
        let at = Timestamp::parse_stored(stored).expect("a date as gn-auth stores it");
        at.to_http_date()
    };
    json!({
        "id": entry["id"], "name": entry["name"], "created": date("created"), "changed": date("changed"),
        "num_members": entry["num_members"], "members": entry["members"],
    })
}

/// Calls every endpoint for one owner, and compares the answers with Redis.
async fn calls_of(setup: &Setup, user: Option<&Person>) {
    let owner = user.map_or(VISITOR, |user| &user.user_id);
    assert_eq!(list(setup, user).await, json!([]));
    // GN2 sends the field `hash` too.
    let new = json!({"name": "Größe", "traits": ["b:D", "a:D"], "hash": false});
    let made = post(setup, "new", user, new).await;
    assert_eq!(made, sent(&stored(setup, owner).await[0]));
    assert_eq!(made["members"], json!(["b:D", "a:D"]));
    let id = made["id"].as_str().expect("an id");
    let view = format!("{id}/view");
    assert_eq!(post(setup, &view, user, json!({})).await, made);
    assert_eq!(list(setup, user).await, json!([made]));

    let add = json!({"traits": ["c:D", "b:D", "d:D"]});
    let added = post(setup, &format!("{id}/traits/add"), user, add).await;
    assert_eq!(added["message"], "Added 3 traits to collection.");
    let members = json!(["b:D", "a:D", "c:D", "d:D"]);
    assert_eq!(added["collection"]["members"], members);
    let remove = json!({"traits": ["a:D", "x:D"]});
    let removed = post(setup, &format!("{id}/traits/remove"), user, remove).await;
    assert_eq!(removed["message"], "Deleted 2 traits from collection.");
    let members = json!(["b:D", "c:D", "d:D"]);
    assert_eq!(removed["collection"]["members"], members);
    let rename = json!({"new_name": "other"});
    let renamed = post(setup, &format!("{id}/rename"), user, rename).await;
    assert_eq!(renamed["message"], "Collection rename successful.");
    assert_eq!(renamed["collection"]["name"], "other");
    assert_eq!(renamed["collection"]["num_members"], 3);
    let entry = stored(setup, owner).await[0].clone();
    assert_eq!(renamed["collection"], sent(&entry));
    crate::interop::gn_auth_reads(&entry);

    let ids = json!({"collection_ids": [id, uuid::Uuid::nil()]});
    let deleted = post(setup, "delete", user, ids.clone()).await;
    assert_eq!(deleted, json!({"message": "Deleted 1 collections."}));
    let again = post(setup, "delete", user, ids).await;
    assert_eq!(again["message"], "Deleted 0 collections.");
    assert_eq!(list(setup, user).await, json!([]));
}

#[tokio::test]
async fn every_call_of_a_visitor_is_answered_as_gn_auth_does() {
    calls_of(&setup(&[]).await, None).await;
}

#[tokio::test]
async fn every_call_with_a_token_is_about_the_account() {
    let setup = setup(&[]).await;
    calls_of(&setup, Some(&person())).await;
    let list = setup.redis.hget("collections2", VISITOR).await;
    assert_eq!(list, None, "nothing of the visitor was touched");
    let receipts = setup.get(&person(), "/api/v1/receipts").await;
    assert_eq!(receipts.body["receipts"][0]["kind"], "deletion");
}

#[tokio::test]
async fn call_without_anything_to_do_says_so() {
    let setup = setup(&[]).await;
    let made = post(
        &setup,
        "new",
        None,
        json!({"name": "Your Default Collection", "traits": []}),
    );
    let id = made.await["id"].as_str().expect("an id").to_owned();
    let before = setup.redis.content().await;
    for (rest, body, message) in [
        (
            "traits/add",
            json!({"traits": []}),
            "No trait to add to collection.",
        ),
        (
            "traits/remove",
            json!({"traits": []}),
            "No trait to remove from collection.",
        ),
        (
            "rename",
            json!({"new_name": ""}),
            "No new name to change to.",
        ),
    ] {
        let answer = post(&setup, &format!("{id}/{rest}"), None, body).await;
        assert_eq!(answer, json!({"message": message}));
    }
    assert_eq!(setup.redis.content().await, before);
}

/// A list as other programs write it: GN2's names of the dates, odd spaces, unknown fields, an
/// entry that nobody reads.
const FOREIGN: &str = r#" [ {"id":"11111111-1111-4111-8111-111111111111","name":"Gr\u00f6\u00dfe","created_timestamp":"Nov 12 2019 03:27PM","changed_timestamp":"Nov 13 2019 11:05AM","num_members": 1,"members":["PC1"],"big":12345678901234567890123} , {"id": "22222222-2222-4222-8222-222222222222", "name": "two", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["a:b"], "tiny": 1.50},NaN ] "#;

#[tokio::test]
async fn listing_writes_nothing_and_edits_leave_others_as_they_are() {
    let setup = setup(&[]).await;
    let owner = &person().user_id;
    for owner in [VISITOR, owner] {
        let list = FOREIGN.as_bytes();
        setup.redis.hset("collections2", owner, list).await;
    }
    let before = setup.redis.content().await;
    for user in [None, Some(&person())] {
        let listed = list(&setup, user).await;
        assert_eq!(
            listed[0],
            json!({
                "id": "11111111-1111-4111-8111-111111111111", "name": "Größe",
                "created": "Tue, 12 Nov 2019 15:27:00 GMT", "changed": "Wed, 13 Nov 2019 11:05:00 GMT",
                "num_members": 1, "members": ["PC1"],
            })
        );
        assert_eq!(listed.as_array().map(Vec::len), Some(2));
    }
    assert_eq!(setup.redis.content().await, before);

    let rest = "11111111-1111-4111-8111-111111111111/traits/add";
    for (user, owner) in [(None, VISITOR), (Some(&person()), owner)] {
        post(&setup, rest, user, json!({"traits": ["c:d"]})).await;
        let list = setup.redis.hget("collections2", owner).await;
        let list = String::from_utf8(list.expect("a list")).expect("text");
        let (_, others) = FOREIGN.split_once(" , ").expect("two entries");
        let others = others.trim_end().trim_end_matches(" ]");
        assert!(list.contains(&others.replace(",NaN", ", NaN")), "{list}");
        assert!(list.contains(r#""big": 12345678901234567890123"#), "{list}");
        assert!(list.contains(r#""members": ["PC1", "c:d"]"#), "{list}");
    }
}

#[tokio::test]
async fn signed_in_deletion_is_from_both_lists_and_can_be_undone() {
    let setup = setup(&[]).await;
    let user = person();
    let mut ids = Vec::new();
    for user in [None, Some(&user)] {
        let made = post(&setup, "new", user, json!({"name": "n", "traits": ["a:b"]})).await;
        ids.push(made["id"].clone());
    }
    let before = setup.redis.content().await;
    let body = json!({"collection_ids": ids});
    let deleted = post(&setup, "delete", Some(&user), body).await;
    assert_eq!(deleted["message"], "Deleted 2 collections.");
    assert_eq!(list(&setup, None).await, json!([]));
    let receipts = setup.get(&user, "/api/v1/receipts").await;
    let receipt = receipts.body["receipts"][0]["id"].as_str().expect("an id");
    let receipt = format!("/api/v1/receipts/{receipt}");
    assert_eq!(setup.undo(&user, &receipt, "u").await.status, 201);
    // The visitor's deletion is undone by an operator.
    let list = list(&setup, Some(&user)).await;
    assert_eq!(list[0]["id"], ids[1]);
    let of_account = |content: &[(String, String, Vec<u8>)]| -> Vec<_> {
        let own = content
            .iter()
            .filter(|(_, field, _)| *field == user.user_id);
        own.cloned().collect()
    };
    let after = setup.redis.content().await;
    assert_eq!(of_account(&after), of_account(&before));
}

#[tokio::test]
async fn endpoints_are_on_their_own_listener_only() {
    let setup = setup(&[]).await;
    for (path, url) in [
        (path("list"), &setup.url),
        ("/api/v1/me".to_owned(), &setup.gn2_url),
    ] {
        let bearer = bearer(&person());
        let headers = [("authorization", bearer.as_str())];
        let answer = setup.send_to(url, Method::GET, &path, &headers, None).await;
        assert!(!answer.body.is_array() && answer.body["email"].is_null());
    }
    let off = Setup::empty().await;
    assert_eq!(off.gn2_url, "");
}
