//! gn-auth's reader, `parse_collection`, can read every written list.

use crate::harness::{Setup, people};
use serde_json::{Value, json};
use shared::timestamp::Timestamp;
use uuid::Uuid;

/// The reads of gn-auth's `parse_collection`, each of which can fail for the whole account:
/// `UUID(coll["id"])`, `coll["name"]`, `strptime(…, "%b %d %Y %I:%M%p")` of `created` and
/// `changed`, `int(coll["num_members"])`, `coll["members"]`.
pub(crate) fn gn_auth_reads(entry: &Value) {
    let text = |name: &str| {
        entry[name]
            .as_str()
            .unwrap_or_else(|| panic!("{name}: {entry}"))
    };
    assert!(Uuid::parse_str(text("id")).is_ok(), "{entry}");
    text("name");
    for name in ["created", "changed"] {
        assert!(
            Timestamp::parse_stored(text(name)).is_some(),
            "{name}: {entry}"
        );
        assert!(entry.get(format!("{name}_timestamp")).is_none(), "{entry}");
    }
    let members = entry["members"].as_array().expect("members");
    assert!(entry["num_members"].is_u64(), "an integer: {entry}");
    assert_eq!(entry["num_members"].as_u64(), Some(members.len() as u64));
    assert!(members.iter().all(Value::is_string));
}

#[tokio::test]
async fn gn_auth_reads_every_list_of_the_sample_people() {
    let setup = Setup::with_sample().await;
    let mut migrated = 0;
    for person in people() {
        let plan = setup.get(&person, "/api/v1/legacy").await;
        if plan.body["offer"] == true {
            assert_eq!(setup.migrate(&person, "k", &json!({})).await.status, 201);
            migrated += 1;
        }
        setup.stored(&person).await.iter().for_each(gn_auth_reads);
    }
    assert_eq!(migrated, 5);
}

#[tokio::test]
async fn gn_auth_reads_imported_collections() {
    let setup = Setup::empty().await;
    let person = &people()[0];
    let collections = json!([{"id": "x", "name": "n", "created": "2026-01-02T13:04:05Z", "changed": "2026-12-31T00:00:00+02:00", "members": ["a:b", "a:b", ""]}]);
    let plan = setup
        .post(
            person,
            "/api/v1/imports/plan",
            &json!({"collections": collections}),
        )
        .await;
    assert_eq!(plan.items()[0]["dropped_members"], 2);
    let body = json!({"collections": collections});
    setup
        .transfer(person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    let stored = setup.stored(person).await;
    stored.iter().for_each(gn_auth_reads);
    assert_eq!(stored[0]["created"], "Jan 02 2026 01:04PM");
    assert_eq!(stored[0]["changed"], "Dec 30 2026 10:00PM");
}
