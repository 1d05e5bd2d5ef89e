//! Cases of the new account's list and flag.

use super::world::{person, raw, reported, start};
use crate::harness::MessyCase;
use serde_json::json;

pub(super) async fn unreadable_target(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &person.user_id.clone()).await;
    let before = setup.redis.content().await;
    for path in ["/api/v1/legacy", "/api/v1/collections"] {
        let answer = setup.get(&person, path).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("list-unreadable", 503)
        );
    }
    let body = json!({});
    let answer = setup
        .transfer(&person, "/api/v1/migrations", "x", "k", &body)
        .await;
    assert_eq!(answer.problem(), "list-unreadable");
    assert_eq!(
        setup.redis.content().await,
        before,
        "nothing moved, nothing overwritten"
    );
    assert!(
        reported(&setup, case, &person.user_id).await,
        "{}",
        case.case
    );
}

pub(super) async fn unreadable_in_target(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &person.user_id.clone()).await;
    let list = setup.get(&person, "/api/v1/collections").await;
    assert_eq!(list.body["collections"].as_array().map(Vec::len), Some(1));
    assert_eq!(list.body["unreadable"].as_array().map(Vec::len), Some(1));
    assert_eq!(setup.migrate(&person, "k", &json!({})).await.status, 201);
    let stored = setup
        .redis
        .hget("collections2", &person.user_id)
        .await
        .expect("a list");
    let kept = raw(case);
    assert!(
        stored.starts_with(&kept[..kept.len() - 1]),
        "{}: kept byte for byte",
        case.case
    );
}

pub(super) async fn flag(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &case.field).await;
    assert_eq!(
        setup.migrate(&person, "k", &json!({})).await.status,
        201,
        "migration works"
    );
    assert_eq!(
        setup.redis.hget("migratable-accounts", &case.field).await,
        Some(raw(case))
    );
    assert_eq!(setup.stored(&person).await.len(), 1);
}
