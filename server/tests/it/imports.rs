//! Collections made without signing in come into the account.

use crate::harness::{Person, Setup, people};
use serde_json::{Value, json};

fn newcomer() -> Person {
    people()
        .into_iter()
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

fn local() -> Value {
    json!([
        {"id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "name": "made here", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["1435464_at:HC_M2_0606_P", "10710:BXDPublish"]},
        {"id": "not a uuid", "name": "<b>two</b>", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["PC1:Temp"]},
    ])
}

#[tokio::test]
async fn anonymous_collections_are_imported_with_the_same_members() {
    let setup = Setup::with_sample().await;
    let person = newcomer();
    let legacy_before = setup.redis.content().await;
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    assert_eq!(plan.status, 200, "{}", plan.body);
    assert_eq!(plan.body["offer"], true);
    let body = json!({"collections": local(), "choices": {}});
    let receipt = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_eq!(receipt.body["kind"], "import");
    assert_eq!(
        (&receipt.body["moved"], &receipt.body["members"]),
        (&json!(2), &json!(3))
    );
    let stored = setup.stored(&person).await;
    assert_eq!(stored[0]["members"], local()[0]["members"]);
    assert_eq!(stored[0]["id"], local()[0]["id"]);
    assert_eq!(stored[0]["created"], "Jan 02 2026 03:04AM");
    assert!(uuid::Uuid::parse_str(stored[1]["id"].as_str().expect("text")).is_ok());
    assert_eq!(stored[1]["name"], "<b>two</b>");
    let others: Vec<_> = setup
        .redis
        .content()
        .await
        .into_iter()
        .filter(|(_, field, _)| *field != person.user_id)
        .collect();
    assert_eq!(
        others, legacy_before,
        "an import touches nothing but the account's own list"
    );

    let again = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    assert_eq!(
        again.body["offer"], false,
        "what is there already is not offered again"
    );
}

#[tokio::test]
async fn an_import_is_tied_to_the_collections_that_were_planned() {
    let setup = Setup::empty().await;
    let person = newcomer();
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    let mut other = local();
    other[0]["members"] = json!(["other:one"]);
    let body = json!({"collections": other});
    let answer = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(answer.problem(), "stale-plan");
    assert!(setup.stored(&person).await.is_empty());
}
