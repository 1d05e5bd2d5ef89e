//! Changes of a collection.

use super::stage::{ONE, Stage, THEIRS, person};
use crate::harness::Answer;
use http::Method;
use serde_json::{Value, json};

const HISTORY: &str = "44444444-4444-4444-8444-444444444444";

async fn add(stage: &Stage, member: &str) -> Answer {
    let seen = stage.setup.get(&person(), ONE).await;
    let (tag, change) = (Some(seen.header("etag")), json!({"add": [member]}));
    let setup = &stage.setup;
    setup
        .edit(&person(), Method::PATCH, ONE, tag, Some(&change))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_for_somebody_else_does_not_matter() {
    for (times, transactions) in [(0, 1), (1, 2), (usize::MAX, 2)] {
        let stage = Stage::set().await;
        stage.migrated().await;
        stage.arm(times, &["HSET", "collections2", "somebody-else", THEIRS]);
        let changed = add(&stage, "9:A").await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!(stage.transactions(), transactions);
        let stored = stage.setup.stored(&person()).await;
        assert_eq!(stored[0]["members"], json!(["2:A", "9:A"]));
        let history = stage.setup.get(&person(), &format!("{ONE}/history")).await;
        assert_eq!(
            history.body["changes"].as_array().map(Vec::len),
            Some(1),
            "{}",
            history.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_to_the_same_list_stays() {
    let owner = person().user_id;
    let stage = Stage::set().await;
    stage.migrated().await;
    let stored = stage.list("collections2", &owner).await;
    // Another entry beside ours, as gn-auth would write it; then another one in place of ours.
    let beside = format!(
        "{}, {}",
        stored.trim_end_matches(']'),
        THEIRS.trim_start_matches('[')
    );
    stage.arm(1, &["HSET", "collections2", &owner, &beside]);
    let changed = add(&stage, "9:A").await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert!(stage.transactions() > 1, "decided again");
    let names =
        |stored: &[Value]| -> Vec<Value> { stored.iter().map(|one| one["name"].clone()).collect() };
    let both = stage.setup.stored(&person()).await;
    assert_eq!(names(&both), [json!("Ours"), json!("Theirs")]);
    assert_eq!(both[0]["members"], json!(["2:A", "9:A"]));

    stage.arm(1, &["HSET", "collections2", &owner, THEIRS]);
    let gone = add(&stage, "10:A").await;
    assert_eq!(gone.problem(), "not-found", "{}", gone.body);
    assert_eq!(stage.list("collections2", &owner).await, THEIRS);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_to_the_history_meanwhile_is_noticed() {
    let stage = Stage::set().await;
    stage.migrated().await;
    assert_eq!(add(&stage, "9:A").await.status, 200);
    let key = format!("gnc:history:{}:{HISTORY}", person().user_id);
    stage.arm(1, &["HSET", &key, "ledger", "{}"]);
    let changed = add(&stage, "10:A").await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(stage.transactions(), 2, "decided again");
}
