//! Somebody writes between the reading of what is decided on for a large list and the transaction that stores it.
//!
//! The proxy holds the first word of each transaction back until the other program has written.
//!
//! - [`stage`]: the server, the proxy and the other program
//! - [`undone`]: taking a transfer back
//! - [`edited`]: changes of a collection
//! - [`deleted`]: deletions, and taking them back

mod deleted;
mod edited;
mod stage;
mod undone;

use serde_json::json;
use stage::{LEGACY, Stage, THEIRS, person};

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_to_the_same_list_is_noticed() {
    for (hash, field) in [
        ("collections", LEGACY.to_owned()),
        ("collections2", person().user_id),
        ("migratable-accounts", person().email),
    ] {
        let stage = Stage::set().await;
        stage.arm(1, &["HSET", hash, &field, THEIRS]);
        let answer = stage.setup.migrate(&person(), "key", &json!({})).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem()),
            (412, "stale-plan"),
            "{hash}"
        );
        assert_eq!(stage.list(hash, &field).await, THEIRS, "{hash}");
        let fresh = stage.setup.migrate(&person(), "another", &json!({})).await;
        assert_ne!(fresh.status, 412, "{}", fresh.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_for_somebody_else_does_not_matter() {
    // Once: the values are compared, and the second transaction is executed. Always: the script does it.
    for (times, transactions) in [(0, 1), (1, 2), (usize::MAX, 2)] {
        let stage = Stage::set().await;
        stage.arm(times, &["HSET", "collections", "somebody-else", THEIRS]);
        let answer = stage.setup.migrate(&person(), "key", &json!({})).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert_eq!(stage.transactions(), transactions);
        assert_eq!(stage.list("collections", LEGACY).await, "");
        let theirs = stage.list("collections", "somebody-else").await;
        assert_eq!(!theirs.is_empty(), times > 0);
        assert_eq!(stage.setup.stored(&person()).await.len(), 1);
    }
}
