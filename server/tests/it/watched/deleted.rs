//! Deletions, and taking them back.

use super::stage::{ONE, Stage, THEIRS, person};
use crate::harness::Answer;
use http::Method;
use serde_json::json;

/// Deletes the one collection, in the version that is there now.
async fn delete(stage: &Stage) -> Answer {
    let seen = stage.setup.get(&person(), ONE).await;
    let tag = Some(seen.header("etag"));
    let setup = &stage.setup;
    setup.edit(&person(), Method::DELETE, ONE, tag, None).await
}

/// The path of the receipt by which an undisturbed deletion is taken back.
async fn deleted(stage: &Stage) -> String {
    let deleted = delete(stage).await;
    assert_eq!(deleted.status, 204, "{}", deleted.body);
    deleted.header("location").to_owned()
}

/// A list with their collection behind ours, as gn-auth would write it.
async fn beside_ours(stage: &Stage) -> String {
    let ours = stage.list("collections2", &person().user_id).await;
    let (ours, theirs) = (ours.trim_end_matches(']'), THEIRS.trim_start_matches('['));
    format!("{ours}, {theirs}")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_for_somebody_else_does_not_matter() {
    for (times, transactions) in [(0, 1), (1, 2), (usize::MAX, 2)] {
        let stage = Stage::set().await;
        stage.migrated().await;
        stage.arm(times, &["HSET", "collections2", "somebody-else", THEIRS]);
        deleted(&stage).await;
        assert_eq!(stage.transactions(), transactions);
        assert_eq!(stage.list("collections2", &person().user_id).await, "[]");
        let theirs = stage.list("collections2", "somebody-else").await;
        assert_eq!(!theirs.is_empty(), times > 0);
        assert_eq!(stage.receipts().await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_to_the_same_list_stays() {
    let owner = person().user_id;
    let stage = Stage::set().await;
    stage.migrated().await;
    let both = beside_ours(&stage).await;
    stage.arm(1, &["HSET", "collections2", &owner, &both]);
    let receipt = deleted(&stage).await;
    assert_eq!(stage.transactions(), 2, "decided again");
    assert_eq!(stage.list("collections2", &owner).await, THEIRS);

    // The image is that of the deletion that was done, not of the one that was decided on first.
    let undone = stage.setup.undo(&person(), &receipt, "undo").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(stage.list("collections2", &owner).await, both);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_changed_meanwhile_is_not_deleted() {
    let owner = person().user_id;
    let stage = Stage::set().await;
    stage.migrated().await;
    let ours = stage.list("collections2", &owner).await;
    let theirs = ours.replace("2:A", "3:A");
    stage.arm(1, &["HSET", "collections2", &owner, &theirs]);
    let refused = delete(&stage).await;
    assert_eq!(refused.problem(), "precondition-failed", "{}", refused.body);
    assert_eq!(stage.list("collections2", &owner).await, theirs);
    assert_eq!(stage.receipts().await, 1, "no receipt of a deletion");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_taken_back_whatever_is_written_meanwhile() {
    let owner = person().user_id;
    for (hash, field, times, transactions) in [
        ("collections2", "somebody-else", 0, 1),
        ("collections2", "somebody-else", 1, 2),
        ("collections2", "somebody-else", usize::MAX, 2),
        ("collections2", &owner, 1, 2),
    ] {
        let stage = Stage::set().await;
        stage.migrated().await;
        let receipt = deleted(&stage).await;
        // The account has another collection.
        let new = json!({"name": "Another", "members": ["5:A"]});
        let setup = &stage.setup;
        let made = setup.post(&person(), "/api/v1/collections", &new).await;
        assert_eq!(made.status, 201, "{}", made.body);
        stage.arm(times, &["HSET", hash, field, THEIRS]);
        let undone = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        assert_eq!(stage.transactions(), transactions, "{field}");
        let back = stage.setup.get(&person(), ONE).await;
        assert_eq!(back.body["name"], "Ours");
        let list = stage.list("collections2", &owner).await;
        let beside = if field == owner { "Theirs" } else { "Another" };
        assert!(list.contains(beside), "{list}");
    }
}

/// What is kept of a deletion may be over between the reading and the transaction, or before.
#[tokio::test(flavor = "multi_thread")]
async fn one_whose_image_is_gone_is_not_taken_back() {
    for times in [0, 1] {
        let stage = Stage::set().await;
        stage.migrated().await;
        let receipt = deleted(&stage).await;
        let image = receipt.replace("/api/v1/receipts/", "gnc:before:");
        stage.arm(times, &["DEL", &image]);
        if times == 0 {
            let mut remove = redis::cmd("DEL");
            let connection = &mut stage.setup.redis.connect().await;
            let removed = remove.arg(&image).query_async::<u32>(connection).await;
            assert_eq!(removed, Ok(1));
        }
        let before = stage.setup.redis.content().await;
        let undone = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!(undone.problem(), "invalid-request", "{}", undone.body);
        assert_eq!(stage.transactions(), times);
        assert_eq!(stage.setup.redis.content().await, before);
        let marked = stage.setup.get(&person(), &receipt).await;
        assert!(marked.body["undone_by"].is_null(), "{}", marked.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_image_than_was_read_is_not_put_back() {
    let stage = Stage::set().await;
    stage.migrated().await;
    let ours = stage.list("collections2", &person().user_id).await;
    let receipt = deleted(&stage).await;
    let image = receipt.replace("/api/v1/receipts/", "gnc:before:");
    let other = ours.trim_matches(['[', ']']).replace("2:A", "3:A");
    stage.arm(1, &["HSET", &image, "change:1:removed", &other]);
    let undone = stage.setup.undo(&person(), &receipt, "undo").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(stage.transactions(), 2, "decided again");
    let list = stage.list("collections2", &person().user_id).await;
    assert_eq!(list, ours.replace("2:A", "3:A"));
}
