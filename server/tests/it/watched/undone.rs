//! Taking a transfer back.

use super::stage::{LEGACY, OURS, Stage, THEIRS, person};

/// How the first program's list is told from the second's.
const OURS_NAME: &str = "\"Ours\"";

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_to_the_same_list_meanwhile_stays() {
    for (hash, field) in [
        ("collections", LEGACY.to_owned()),
        ("collections2", person().user_id),
        ("migratable-accounts", person().email),
    ] {
        let stage = Stage::set().await;
        let receipt = stage.migrated().await;
        stage.arm(1, &["HSET", hash, &field, THEIRS]);
        let undone = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!(undone.status, 201, "{hash}: {}", undone.body);
        assert_eq!(stage.transactions(), 2, "decided again");
        assert!(
            stage.list(hash, &field).await.contains("Theirs"),
            "{hash}: what they wrote is there"
        );
        let back = stage.list("collections", LEGACY).await;
        assert!(back.contains(OURS_NAME), "{hash}: {back}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_for_somebody_else_does_not_matter() {
    for (times, transactions) in [(0, 1), (1, 2), (usize::MAX, 2)] {
        let stage = Stage::set().await;
        let receipt = stage.migrated().await;
        stage.arm(times, &["HSET", "collections", "somebody-else", THEIRS]);
        let undone = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        assert_eq!(stage.transactions(), transactions);
        assert_eq!(stage.list("collections", LEGACY).await, OURS);
        assert_eq!(stage.list("collections2", &person().user_id).await, "");
        let marked = stage.setup.get(&person(), &receipt).await;
        assert_eq!(marked.body["undone_by"], undone.body["id"]);
        let again = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!((again.status.as_u16(), &again.body), (201, &undone.body));
        assert_eq!(stage.receipts().await, 2);
    }
}

/// A second process of ours does it with another key.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_elsewhere_meanwhile_is_not_undone_again() {
    let stage = Stage::set().await;
    let receipt = stage.migrated().await;
    let id = receipt.rsplit('/').next().expect("an id");
    let receipts = format!("gnc:receipts:{}", person().user_id);
    let record = stage.list(&receipts, id).await;
    let marked = record.replace(
        "\"undone_by\":null",
        "\"undone_by\":\"55555555-5555-4555-8555-555555555555\"",
    );
    assert_ne!(marked, record);
    stage.arm(1, &["HSET", &receipts, id, &marked]);
    let before = stage.setup.redis.content().await;
    let undone = stage.setup.undo(&person(), &receipt, "undo").await;
    assert_eq!(undone.problem(), "invalid-request", "{}", undone.body);
    assert_eq!(stage.setup.redis.content().await, before);
    assert_eq!(stage.receipts().await, 1);
}

/// What a large transfer keeps for undo lies in several keys.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_of_which_a_part_is_gone_restores_nothing() {
    // The target's list is the first value, and was not there; the legacy one is the second.
    for (times, part) in [(0, ":2"), (1, ":2"), (0, ""), (1, "")] {
        let stage = Stage::set().await;
        let receipt = stage.migrated().await;
        let image = receipt.replace("/api/v1/receipts/", "gnc:before:");
        let key = format!("{image}{part}");
        let before = stage.setup.redis.content().await;
        stage.arm(times, &["DEL", &key]);
        if times == 0 {
            // Gone before it is read.
            let mut remove = redis::cmd("DEL");
            let connection = &mut stage.setup.redis.connect().await;
            let removed: u32 = remove
                .arg(&key)
                .query_async(connection)
                .await
                .expect("gone");
            assert_eq!(removed, 1);
        }
        let undone = stage.setup.undo(&person(), &receipt, "undo").await;
        assert_eq!(undone.problem(), "invalid-request", "{}", undone.body);
        assert_eq!(stage.transactions(), times);
        assert_eq!(stage.setup.redis.content().await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_image_than_was_read_is_not_restored() {
    let stage = Stage::set().await;
    let receipt = stage.migrated().await;
    let image = receipt.replace("/api/v1/receipts/", "gnc:before:");
    stage.arm(1, &["SET", &format!("{image}:2"), THEIRS]);
    let undone = stage.setup.undo(&person(), &receipt, "undo").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(stage.transactions(), 2, "decided again");
    assert_eq!(stage.list("collections", LEGACY).await, THEIRS);
}
