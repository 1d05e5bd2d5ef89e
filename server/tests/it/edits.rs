//! Creating, changing and deleting an account's collections.

use crate::harness::{ApiResponse, Person, Setup, bearer, people};
use http::Method;
use serde_json::{Value, json};

const COLLECTIONS: &str = "/api/v1/collections";

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

async fn create(setup: &Setup, name: &str, members: &[&str]) -> ApiResponse {
    let body = json!({"name": name, "members": members});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made
}

async fn edit(setup: &Setup, method: Method, path: &str, tag: &str, body: &Value) -> ApiResponse {
    let body = (method == Method::PATCH).then_some(body);
    setup.edit(&person(), method, path, Some(tag), body).await
}

#[tokio::test]
async fn collection_is_created_changed_and_read() {
    let setup = Setup::empty().await;
    let made = create(&setup, " Größe <b> ", &["a:b", "a:b", "c:d"]).await;
    let path = made.header("location").to_owned();
    assert_eq!(made.body["name"], "Größe <b>");
    assert_eq!(made.body["num_members"], 2);
    let read = setup.get(&person(), &path).await;
    assert_eq!(read.header("etag"), made.header("etag"));
    assert_eq!(read.body["members"], json!(["a:b", "c:d"]));

    let body = json!({"name": "renamed", "add": ["e:f", "c:d"], "remove": ["a:b", "not:there"]});
    let changed = edit(&setup, Method::PATCH, &path, made.header("etag"), &body).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.body["id"], made.body["id"]);
    let read = setup.get(&person(), &path).await;
    assert_eq!(read.header("etag"), changed.header("etag"));
    assert_eq!(
        (&read.body["name"], &read.body["members"]),
        (&json!("renamed"), &json!(["c:d", "e:f"]))
    );
    let stored = setup.stored(&person()).await;
    assert_eq!(stored.len(), 1);
    crate::interop::gn_auth_reads(&stored[0]);
}

#[tokio::test]
async fn edit_of_another_version_is_refused() {
    let setup = Setup::empty().await;
    let made = create(&setup, "one", &["a:b"]).await;
    let path = made.header("location").to_owned();
    let old = made.header("etag").to_owned();
    let rename = json!({"name": "two"});
    let second = edit(&setup, Method::PATCH, &path, &old, &rename).await;
    assert_eq!(second.status, 200);
    let before = setup.redis.content().await;
    for method in [Method::PATCH, Method::DELETE] {
        let body = (method == Method::PATCH).then_some(&rename);
        let without = setup
            .edit(&person(), method.clone(), &path, None, body)
            .await;
        assert_eq!(
            (without.problem(), without.status.as_u16()),
            ("precondition-required", 428)
        );
        let stale = edit(
            &setup,
            method.clone(),
            &path,
            &old,
            &json!({"name": "three"}),
        )
        .await;
        assert_eq!(
            (stale.problem(), stale.status.as_u16()),
            ("precondition-failed", 412)
        );
        let nowhere = format!("{COLLECTIONS}/{}", uuid::Uuid::nil());
        let missing = edit(&setup, method.clone(), &nowhere, &old, &rename).await;
        assert_eq!(missing.problem(), "not-found");
        let bearer = bearer(&people()[0]);
        let headers = [
            ("authorization", bearer.as_str()),
            ("if-match", second.header("etag")),
        ];
        let foreign = setup.send(method, &path, &headers, body).await;
        assert_eq!(foreign.problem(), "not-found", "somebody else's");
    }
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn invalid_values_are_refused_with_their_path() {
    let setup = Setup::empty().await;
    let made = create(&setup, "one", &[]).await;
    let before = setup.redis.content().await;
    let paths = |answer: &ApiResponse| -> Vec<String> {
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("invalid-request", 422)
        );
        let errors = answer.body["errors"].as_array().expect("errors").iter();
        errors
            .map(|error| error["path"].as_str().expect("a path").to_owned())
            .collect()
    };
    let long = "x".repeat(501);
    for (body, wrong) in [
        (json!({"name": "  "}), vec!["name"]),
        (
            json!({"name": long, "members": ["a:b", "a"]}),
            vec!["name", "members[1]"],
        ),
        (json!({"name": "x", "owner": "y"}), vec!["owner"]),
    ] {
        let answer = setup.post(&person(), COLLECTIONS, &body).await;
        assert_eq!(paths(&answer), wrong, "{body}");
    }
    let path = made.header("location");
    let body = json!({"name": "", "add": [":b", "a:"], "remove": ["whatever"]});
    let answer = edit(&setup, Method::PATCH, path, made.header("etag"), &body).await;
    assert_eq!(paths(&answer), ["name", "add[0]", "add[1]"]);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn repeated_creation_makes_one_collection() {
    let setup = Setup::empty().await;
    let bearer = bearer(&person());
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "k")];
    let send = |name| {
        let body = json!({"name": name, "members": ["a:b"]});
        let (setup, headers) = (&setup, &headers);
        async move {
            let answer = setup.send(Method::POST, COLLECTIONS, headers, Some(&body));
            answer.await
        }
    };
    let made = send("one").await;
    assert_eq!(send("one").await.body, made.body);
    assert_ne!(send("two").await.body["id"], made.body["id"]);
    assert_eq!(setup.stored(&person()).await.len(), 2);
    let unsound = [
        ("authorization", bearer.as_str()),
        ("idempotency-key", "a b"),
    ];
    let body = json!({"name": "x"});
    let answer = setup.send(Method::POST, COLLECTIONS, &unsound, Some(&body));
    assert_eq!(answer.await.problem(), "idempotency-key-missing");
}

/// A list as another program writes it: odd spaces, unknown fields, digits, an entry that nobody
/// reads.
const FOREIGN: &str = r#" [ {"id":"11111111-1111-4111-8111-111111111111","name":"Gr\u00f6\u00dfe","created":"Nov 12 2019 03:27PM","changed":"Nov 12 2019 03:27PM","num_members": 1,"members":["a:b"],"big":12345678901234567890123} , {"id": "22222222-2222-4222-8222-222222222222", "name": "half \ud800", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["a:b"], "tiny": 1.50},NaN ] "#;
const FIRST: &str = "/api/v1/collections/11111111-1111-4111-8111-111111111111";

async fn foreign() -> (Setup, String) {
    let setup = Setup::empty().await;
    let id = &person().user_id;
    setup
        .redis
        .hset("collections2", id, FOREIGN.as_bytes())
        .await;
    let tag = setup.get(&person(), FIRST).await.header("etag").to_owned();
    (setup, tag)
}

async fn list(setup: &Setup) -> String {
    let list = setup.redis.hget("collections2", &person().user_id).await;
    String::from_utf8(list.expect("a list")).expect("text")
}

#[tokio::test]
async fn other_entries_and_unknown_fields_keep_every_byte() {
    let (setup, tag) = foreign().await;
    let body = json!({"add": ["c:d"]});
    let changed = edit(&setup, Method::PATCH, FIRST, &tag, &body).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let entries: Vec<&str> = FOREIGN
        .split("} , {")
        .flat_map(|part| part.split("},"))
        .collect();
    let list = list(&setup).await;
    assert!(
        list.contains(&format!("{{{}}}, NaN]", entries[1])),
        "{list}"
    );
    assert!(list.contains(r#""big": 12345678901234567890123"#), "{list}");
    assert!(list.contains(r#""name": "Gr\u00f6\u00dfe""#), "{list}");
    assert!(list.contains(r#""members": ["a:b", "c:d"]"#), "{list}");
}

#[tokio::test]
async fn undone_deletion_restores_every_byte() {
    let (setup, tag) = foreign().await;
    let deleted = edit(&setup, Method::DELETE, FIRST, &tag, &Value::Null).await;
    assert_eq!(deleted.status, 204);
    let receipt = deleted.header("location").to_owned();
    assert_eq!(setup.get(&person(), FIRST).await.problem(), "not-found");
    assert_eq!(
        edit(&setup, Method::DELETE, FIRST, "\"another\"", &Value::Null)
            .await
            .problem(),
        "not-found",
        "no other version was deleted"
    );
    let bin = setup.get(&person(), "/api/v1/receipts").await;
    let bin = &bin.body["receipts"][0];
    assert_eq!(
        (
            &bin["kind"],
            &bin["items"][0]["action"],
            &bin["items"][0]["source_name"]
        ),
        (&json!("deletion"), &json!("delete"), &json!("Größe"))
    );
    assert_eq!(
        (&bin["members"], &bin["undone_by"]),
        (&json!(0), &Value::Null)
    );

    let undone = setup.undo(&person(), &receipt, "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(
        (&undone.body["kind"], &undone.body["moved"]),
        (&json!("undo"), &json!(1))
    );
    assert_eq!(list(&setup).await, FOREIGN);
    assert_eq!(setup.undo(&person(), &receipt, "u").await.body, undone.body);
    let again = setup.undo(&person(), &receipt, "v").await;
    assert_eq!(again.problem(), "invalid-request", "once");
    let stranger = setup.undo(&people()[0], &receipt, "w").await;
    assert_eq!(stranger.problem(), "not-found");
}

#[tokio::test]
async fn undone_deletion_keeps_later_edits() {
    let (setup, tag) = foreign().await;
    let deleted = edit(&setup, Method::DELETE, FIRST, &tag, &Value::Null).await;
    let made = create(&setup, "since then", &["x:y"]).await;
    let undone = setup.undo(&person(), deleted.header("location"), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let shown = setup.get(&person(), COLLECTIONS).await;
    let names: Vec<&str> = shown.body["collections"]
        .as_array()
        .expect("collections")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names,
        ["half \u{fffd}\u{fffd}\u{fffd}", "since then", "Größe"]
    );
    let back = setup.get(&person(), FIRST).await;
    assert_eq!(back.header("etag"), tag, "as it was");
    let kept = setup.get(&person(), made.header("location")).await;
    assert_eq!(kept.header("etag"), made.header("etag"));
}

#[tokio::test]
async fn unreadable_list_is_not_written() {
    let setup = Setup::empty().await;
    let id = &person().user_id;
    setup.redis.hset("collections2", id, b"oops").await;
    let body = json!({"name": "x"});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    assert_eq!(made.problem(), "list-unreadable");
    for method in [Method::PATCH, Method::DELETE] {
        let answer = edit(&setup, method, FIRST, "\"x\"", &body).await;
        assert_eq!(answer.problem(), "list-unreadable");
    }
    assert_eq!(
        setup.redis.hget("collections2", id).await,
        Some(b"oops".to_vec())
    );
}
