//! Taking transfers back: byte for byte, or item by item.

use crate::harness::{Answer, Person, Setup, bearer, people};
use http::Method;
use serde_json::{Value, json};

fn person(name: &str) -> Person {
    let mut people = people().into_iter();
    people.find(|person| person.name == name).expect("there")
}

async fn undo(setup: &Setup, person: &Person, receipt: &str, key: &str) -> Answer {
    let bearer = bearer(person);
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
    let path = format!("/api/v1/receipts/{receipt}/undo");
    setup.send(Method::POST, &path, &headers, None).await
}

fn id(receipt: &Answer) -> &str {
    receipt.body["id"].as_str().expect("an id")
}

#[tokio::test]
async fn an_untouched_migration_goes_back_byte_for_byte_and_once() {
    let setup = Setup::with_sample().await;
    for name in ["Researcher 00", "Researcher 09"] {
        let person = person(name);
        let before = setup.redis.content().await;
        let receipt = setup.migrate(&person, "k", &json!({})).await;
        let undone = undo(&setup, &person, id(&receipt), "u").await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        assert_eq!(undone.body["kind"], "undo");
        assert_eq!(setup.redis.content().await, before, "{name}");
        assert_eq!(
            undo(&setup, &person, id(&receipt), "u").await.body,
            undone.body
        );
        let again = undo(&setup, &person, id(&receipt), "another").await;
        assert_eq!(
            (again.problem(), again.status.as_u16()),
            ("invalid-request", 422)
        );
        let of_undo = undo(&setup, &person, id(&undone), "u2").await;
        assert_eq!(of_undo.problem(), "invalid-request");
        assert_eq!(
            setup.redis.content().await,
            before,
            "refusals change nothing"
        );
        let receipts = setup.get(&person, "/api/v1/receipts").await;
        let undone_by = receipts.body["receipts"]
            .as_array()
            .expect("receipts")
            .iter();
        let undone_by: Vec<&Value> = undone_by.map(|one| &one["undone_by"]).collect();
        assert!(undone_by.contains(&&undone.body["id"]), "{undone_by:?}");
        assert_eq!(
            setup.get(&person, "/api/v1/legacy").await.body["offer"],
            true
        );
    }
}

#[tokio::test]
async fn what_was_touched_stays_and_the_rest_goes_back() {
    let setup = Setup::with_sample().await;
    let person = person("Researcher 06");
    let legacy = "addfc3ac-81f0-4a75-ae33-02cbc91d1e49";
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    // Another program renames one of the collections and writes the whole list in bytes of its own.
    let mut list = setup.stored(&person).await;
    list[2]["name"] = json!("renamed since");
    let renamed = list[2].clone();
    let written = Value::from(list).to_string();
    setup
        .redis
        .hset("collections2", &person.user_id, written.as_bytes())
        .await;
    let undone = undo(&setup, &person, id(&receipt), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(
        (&undone.body["moved"], &undone.body["skipped"]),
        (&json!(5), &json!(1))
    );
    let stays = setup.stored(&person).await;
    assert_eq!(stays, [renamed]);
    let back = setup
        .redis
        .hget("collections", legacy)
        .await
        .map_or(0, |list| {
            serde_json::from_slice::<Vec<Value>>(&list)
                .expect("JSON")
                .len()
        });
    assert_eq!(stays.len() + back, 6, "each is in exactly one place");
}

#[tokio::test]
async fn an_import_is_taken_out_again() {
    let setup = Setup::with_sample().await;
    let person = person("Researcher 09");
    let before = setup.redis.content().await;
    let collections = json!([
        {"id": "x", "name": "new one", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["a:b"]},
        {"id": "y", "name": "Größe", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["c:d"]},
    ]);
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": collections}),
        )
        .await;
    let body = json!({"collections": collections, "choices": {"0:1": "merge"}});
    let receipt = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_ne!(setup.redis.content().await, before);
    assert_eq!(undo(&setup, &person, id(&receipt), "u").await.status, 201);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn only_the_owner_can_undo_and_only_with_a_key() {
    let setup = Setup::with_sample().await;
    let owner = person("Researcher 06");
    let receipt = setup.migrate(&owner, "k", &json!({})).await;
    let after = setup.redis.content().await;
    let stranger = undo(&setup, &person("Newcomer"), id(&receipt), "u").await;
    assert_eq!(
        (stranger.problem(), stranger.status.as_u16()),
        ("not-found", 404)
    );
    let path = format!("/api/v1/receipts/{}/undo", id(&receipt));
    let keyless = setup.post(&owner, &path, &json!({})).await;
    assert_eq!(keyless.problem(), "idempotency-key-missing");
    assert_eq!(setup.redis.content().await, after);
}
