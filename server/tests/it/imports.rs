//! Importing collections that were made without signing in.

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
        {"id": "not a uuid", "name": "<b>two</b>", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["PC_1_BXD:Temp"]},
    ])
}

#[tokio::test]
async fn import_keeps_all_members() {
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
async fn import_of_other_collections_than_planned_is_refused() {
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

#[tokio::test]
async fn members_that_genenetwork_cannot_show_stay_in_the_browser() {
    let setup = Setup::empty().await;
    let person = newcomer();
    let at = "2026-01-02T03:04:05Z";
    let name = "n".repeat(501);
    let collections = json!([
        {"id": "11111111-aaaa-4111-8111-111111111111", "name": format!(" {name} "), "created": at, "changed": at,
         "members": ["a:b", "PC1", "c:d:Temp", "e f:g", "h\u{200b}:i", "x_y:Temp", " j:k "]},
        {"id": "22222222-aaaa-4222-8222-222222222222", "name": "old", "created": at, "changed": at, "members": ["PC1"]},
    ]);
    let body = json!({"collections": collections});
    let plan = setup.post(&person, "/api/v1/imports/plan", &body).await;
    let items = plan.items();
    assert_eq!(items[0]["excluded_members"], 5);
    assert_eq!(
        items[0]["repairs"],
        json!(["name", "num_members", "members"])
    );
    assert_eq!(
        (&items[1]["relation"], &items[1]["excluded_members"]),
        (&json!("empty"), &json!(1))
    );
    let receipt = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let stored = setup.stored(&person).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["members"], json!(["a:b", "j:k"]));
    assert_eq!(stored[0]["num_members"], 2);
    assert_eq!(stored[0]["name"], name[..500]);
    crate::interop::gn_auth_reads(&stored[0]);
    // The same collections are found to be present, and are not offered again.
    let again = setup.post(&person, "/api/v1/imports/plan", &body).await;
    assert_eq!(again.body["offer"], false);
}

#[tokio::test]
async fn migration_keeps_members_that_genenetwork_cannot_show() {
    let setup = Setup::with_sample().await;
    let person = people().remove(0);
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let source = plan.body["accounts"][0]["legacy_user_id"]
        .as_str()
        .expect("a source");
    let id = "11111111-aaaa-4111-8111-111111111111";
    let members = r#"["a:b", "PC1", "c:d:Temp",  "e f:g"]"#;
    let list = format!(
        r#"[{{"id": "{id}", "name": "old", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 4, "members": {members}}}]"#
    );
    setup
        .redis
        .hset("collections", source, list.as_bytes())
        .await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.items()[0]["unshowable_members"], 3);
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let stored = setup.redis.hget("collections2", &person.user_id).await;
    let stored = String::from_utf8(stored.expect("a list")).expect("text");
    assert!(stored.contains(members), "every byte: {stored}");

    // They stay through edits, and can be removed and added again, but no new one is accepted.
    let path = format!("/api/v1/collections/{id}");
    let edit = async |body: Value| {
        let tag = setup.get(&person, &path).await.header("etag").to_owned();
        setup
            .edit(&person, http::Method::PATCH, &path, Some(&tag), Some(&body))
            .await
    };
    for body in [json!({"remove": ["PC1"]}), json!({"add": ["PC1"]})] {
        let edited = edit(body).await;
        assert_eq!(edited.status, 200, "{}", edited.body);
    }
    let shown = setup.get(&person, &path).await;
    assert_eq!(
        shown.body["members"],
        json!(["a:b", "c:d:Temp", "e f:g", "PC1"])
    );
    let refused = edit(json!({"add": ["PC2"]})).await;
    assert_eq!(refused.problem(), "invalid-request");
}
