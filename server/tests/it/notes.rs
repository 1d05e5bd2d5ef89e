//! Notes are stored beside the lists, where gn-auth cannot drop them: gn-auth writes whole lists,
//! and only the six fields that it knows.

use crate::harness::{ApiResponse, Person, Redis, Setup, people};
use http::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};

const COLLECTIONS: &str = "/api/v1/collections";
const NOTE: &str = "Union of “A”, “B”";

fn person() -> Person {
    let mut people = people().into_iter();
    let newcomer = people.find(|person| person.name == "Newcomer");
    newcomer.expect("there")
}

async fn create(setup: &Setup, name: &str, note: &str) -> ApiResponse {
    let body = json!({"name": name, "members": ["a:b"], "note": note});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made
}

async fn patch(setup: &Setup, path: &str, body: &Value) -> ApiResponse {
    let tag = setup.get(&person(), path).await.header("etag").to_owned();
    setup
        .edit(&person(), Method::PATCH, path, Some(&tag), Some(body))
        .await
}

async fn delete(setup: &Setup, path: &str) -> ApiResponse {
    let tag = setup.get(&person(), path).await.header("etag").to_owned();
    setup
        .edit(&person(), Method::DELETE, path, Some(&tag), None)
        .await
}

async fn shown_note(setup: &Setup, path: &str) -> Value {
    let shown = setup.get(&person(), path).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    shown.body["note"].clone()
}

async fn stored_note(setup: &Setup, id: &str) -> Option<String> {
    let key = format!("gnc:notes:{}", person().user_id);
    let note = setup.redis.hget(&key, id).await;
    note.map(|note| String::from_utf8(note).expect("text"))
}

/// Writes the list as gn-auth does: all entries, with the fields that it knows.
async fn gn_auth_writes(redis: &Redis, owner: &str) {
    let list = redis
        .hget("collections2", owner)
        .await
        .unwrap_or_else(|| b"[]".to_vec());
    let list: Vec<Value> = serde_json::from_slice(&list).expect("a list");
    let known = ["id", "name", "created", "changed", "num_members", "members"];
    let list = list.iter().map(|entry| {
        let fields = known
            .iter()
            .map(|field| ((*field).to_owned(), entry[*field].clone()));
        Value::Object(fields.collect())
    });
    let list = serde_json::to_vec(&list.collect::<Vec<_>>()).expect("JSON");
    redis.hset("collections2", owner, &list).await;
}

fn path_of(id: &str) -> String {
    format!("{COLLECTIONS}/{id}")
}

/// An entry as versions before this one stored it.
fn entry(id: &str, note: &str) -> Value {
    let time = "Nov 12 2019 03:27PM";
    json!({"id": id, "name": id, "created": time, "changed": time, "num_members": 1, "members": ["a:b"], "note": note})
}

const ONE: &str = "11111111-aaaa-4111-8111-111111111111";
const TWO: &str = "22222222-aaaa-4222-8222-222222222222";

async fn store(setup: &Setup, hash: &str, owner: &str, entries: &[Value]) {
    let list = serde_json::to_vec(entries).expect("JSON");
    setup.redis.hset(hash, owner, &list).await;
}

#[tokio::test]
async fn note_survives_gn_auth_and_every_edit() {
    let setup = Setup::empty().await;
    let made = create(&setup, "one", NOTE).await;
    let path = made.header("location").to_owned();
    let owner = person().user_id;
    assert!(setup.stored(&person()).await[0].get("note").is_none());
    gn_auth_writes(&setup.redis, &owner).await;
    assert_eq!(shown_note(&setup, &path).await, NOTE);

    for body in [
        json!({"name": "two"}),
        json!({"add": ["c:d"], "remove": ["a:b"]}),
    ] {
        assert_eq!(patch(&setup, &path, &body).await.status, 200);
        gn_auth_writes(&setup.redis, &owner).await;
        assert_eq!(shown_note(&setup, &path).await, NOTE);
    }
    let history = setup.get(&person(), &format!("{path}/history")).await;
    let number = &history.body["changes"][0]["number"];
    let restore = format!("{path}/history/{number}/restore");
    let tag = history.header("etag").to_owned();
    let restored = setup
        .edit(&person(), Method::POST, &restore, Some(&tag), None)
        .await;
    assert_eq!(restored.status, 200, "{}", restored.body);
    assert_eq!(shown_note(&setup, &path).await, NOTE);
}

#[tokio::test]
async fn note_in_an_entry_is_moved_with_the_next_write() {
    let setup = Setup::empty().await;
    let owner = person().user_id;
    store(
        &setup,
        "collections2",
        &owner,
        &[entry(ONE, "first"), entry(TWO, "second")],
    )
    .await;
    let before = setup.redis.hget("collections2", &owner).await;
    assert_eq!(shown_note(&setup, &path_of(ONE)).await, "first");
    assert_eq!(
        setup.redis.hget("collections2", &owner).await,
        before,
        "looking writes nothing"
    );
    assert_eq!(stored_note(&setup, ONE).await, None);

    let renamed = patch(&setup, &path_of(ONE), &json!({"name": "renamed"})).await;
    assert_eq!(renamed.status, 200, "{}", renamed.body);
    let list = setup.stored(&person()).await;
    assert!(list[0].get("note").is_none(), "{}", list[0]);
    assert_eq!(
        list[1],
        entry(TWO, "second"),
        "another entry keeps every byte"
    );
    for (id, note) in [(ONE, "first"), (TWO, "second")] {
        assert_eq!(stored_note(&setup, id).await.as_deref(), Some(note));
    }
    gn_auth_writes(&setup.redis, &owner).await;
    assert_eq!(shown_note(&setup, &path_of(TWO)).await, "second");
}

#[tokio::test]
async fn note_in_an_entry_and_another_one_beside_the_list_are_both_kept() {
    let setup = Setup::empty().await;
    let owner = person().user_id;
    store(
        &setup,
        "collections2",
        &owner,
        &[entry(ONE, "in the entry")],
    )
    .await;
    let key = format!("gnc:notes:{owner}");
    setup.redis.hset(&key, ONE, b"beside").await;
    assert_eq!(shown_note(&setup, &path_of(ONE)).await, "beside");
    patch(&setup, &path_of(ONE), &json!({"name": "renamed"})).await;
    assert_eq!(
        shown_note(&setup, &path_of(ONE)).await,
        "beside\nin the entry"
    );
}

#[tokio::test]
async fn deletion_takes_the_note_along_and_its_undo_brings_it_back() {
    let setup = Setup::empty().await;
    let owner = person().user_id;
    let made = create(&setup, "one", NOTE).await;
    let (path, id) = (made.header("location").to_owned(), made.body["id"].clone());
    let id = id.as_str().expect("an id");
    for number in 0..3 {
        let deleted = delete(&setup, &path).await;
        assert_eq!(deleted.status, 204, "{}", deleted.body);
        assert_eq!(stored_note(&setup, id).await, None);
        let receipt = deleted.header("location").to_owned();
        match number {
            // The list is as the deletion left it.
            0 => {}
            // The collection is appended to a changed list.
            1 => {
                create(&setup, "another", "other").await;
            }
            // gn-auth has written back the collection, with a list from before the deletion.
            _ => {
                let time = made.body["created"].clone();
                assert!(time.is_string());
                store(&setup, "collections2", &owner, &[entry(id, "of another")]).await;
            }
        }
        let undone = setup
            .undo(&person(), &receipt, &format!("undo-{number}"))
            .await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        let target = undone.body["items"][0]["target_id"]
            .as_str()
            .expect("an id");
        assert_eq!(shown_note(&setup, &path_of(target)).await, NOTE);
        gn_auth_writes(&setup.redis, &owner).await;
        assert_eq!(shown_note(&setup, &path_of(target)).await, NOTE);
    }
}

#[tokio::test]
async fn migration_and_its_undo_keep_the_note() {
    let setup = Setup::with_sample().await;
    let person = people().remove(0);
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let source = plan.body["accounts"][0]["legacy_user_id"]
        .as_str()
        .expect("a source");
    store(&setup, "collections", source, &[entry(ONE, "old")]).await;
    let legacy_before = setup.redis.hget("collections", source).await;
    let note_key = format!("gnc:notes:{}", person.user_id);
    let list_before = setup.redis.hget("collections2", &person.user_id).await;
    for is_touched in [false, true] {
        let receipt = setup
            .migrate(&person, &format!("key-{is_touched}"), &json!({}))
            .await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        if is_touched {
            gn_auth_writes(&setup.redis, &person.user_id).await;
        }
        let moved = setup.get(&person, &path_of(ONE)).await;
        assert_eq!(moved.body["note"], "old");
        let id = receipt.body["id"].as_str().expect("an id");
        let path = format!("/api/v1/receipts/{id}");
        let undone = setup
            .undo(&person, &path, &format!("undo-{is_touched}"))
            .await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        assert_eq!(setup.redis.hget("collections", source).await, legacy_before);
        assert_eq!(
            setup.redis.hget(&note_key, ONE).await,
            None,
            "it is in the source again"
        );
        if let Some(list) = &list_before {
            setup
                .redis
                .hset("collections2", &person.user_id, list)
                .await;
        }
    }
}

#[tokio::test]
async fn import_keeps_the_note_and_copies_those_of_other_entries() {
    let setup = Setup::empty().await;
    let owner = person().user_id;
    store(&setup, "collections2", &owner, &[entry(TWO, "second")]).await;
    let at = "2026-01-02T03:04:05Z";
    let long = "n".repeat(2_001);
    let collections = json!([
        {"id": ONE, "name": "mine", "created": at, "changed": at, "members": ["c:d"], "note": NOTE},
        {"id": "", "name": "long", "created": at, "changed": at, "members": ["e:f"], "note": long},
    ]);
    let body = json!({"collections": collections});
    let plan = setup.post(&person(), "/api/v1/imports/plan", &body).await;
    assert_eq!(plan.items()[1]["repairs"], json!(["id", "note"]));
    let receipt = setup
        .transfer(&person(), "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert!(setup.stored(&person()).await[1].get("note").is_none());
    gn_auth_writes(&setup.redis, &owner).await;
    assert_eq!(shown_note(&setup, &path_of(ONE)).await, NOTE);
    assert_eq!(shown_note(&setup, &path_of(TWO)).await, "second");
    let id = receipt.body["items"][1]["target_id"]
        .as_str()
        .expect("an id");
    assert_eq!(shown_note(&setup, &path_of(id)).await, long[..2_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_edits_and_writes_of_gn_auth_lose_no_note() {
    const WRITERS: usize = 8;
    let setup = Setup::empty().await;
    let owner = person().user_id;
    let is_done = AtomicBool::new(false);
    let edits = async {
        let writers = (0..WRITERS).map(|number| {
            let setup = &setup;
            async move {
                let (mut name, note) = (format!("c{number}"), format!("note {number}"));
                let made = create(setup, &name, &note).await;
                let path = made.header("location").to_owned();
                for round in 0..5 {
                    name.push('x');
                    let shown = setup.get(&person(), &path).await;
                    // gn-auth's stale write may have removed the collection.
                    if shown.status == 200 {
                        let tag = shown.header("etag").to_owned();
                        let body = json!({"name": name, "add": [format!("m{round}:D")]});
                        setup
                            .edit(&person(), Method::PATCH, &path, Some(&tag), Some(&body))
                            .await;
                    }
                }
                (made.body["id"].as_str().expect("an id").to_owned(), note)
            }
        });
        let made = futures_util::future::join_all(writers).await;
        is_done.store(true, Ordering::SeqCst);
        made
    };
    let gn_auth = async {
        while !is_done.load(Ordering::SeqCst) {
            gn_auth_writes(&setup.redis, &owner).await;
        }
    };
    let (made, ()) = tokio::join!(edits, gn_auth);
    for (id, note) in made {
        assert_eq!(stored_note(&setup, &id).await, Some(note));
    }
}
