//! Many simultaneous requests make one transfer.

use crate::harness::{Person, Setup, people, sample};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::task::JoinSet;

const MIGRATIONS: &str = "/api/v1/migrations";

/// Number of repetitions after which a test fails.
const ATTEMPTS: usize = 50;

fn first() -> Person {
    people().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn hundred_requests_with_one_key_make_one_transfer() {
    let (setup, statuses, bodies) = storm(|_| "the one key".to_owned()).await;
    assert!(
        statuses.iter().all(|status| *status == 201),
        "{statuses:?} {bodies:?}"
    );
    assert_eq!(bodies.len(), 1, "all receipts are equal");
    transferred_once(&setup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hundred_requests_with_different_keys_make_one_transfer() {
    let (setup, statuses, _) = storm(|number| format!("key {number}").replace(' ', "-")).await;
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 412).count(),
        99,
        "{statuses:?}"
    );
    transferred_once(&setup).await;
}

/// Sends a hundred simultaneous requests. Returns their statuses, and the distinct bodies of all
/// answers but 412.
async fn storm(
    key: impl Fn(usize) -> String,
) -> (std::sync::Arc<Setup>, Vec<u16>, BTreeSet<String>) {
    // The token is asked about once, as in a deployment: this is about transfers.
    let setup = Setup::with(&["--token-cache-seconds=60"], &people()).await;
    setup.redis.load(&sample()).await;
    let setup = std::sync::Arc::new(setup);
    let plan = setup.get(&first(), "/api/v1/legacy").await;
    let fingerprint = plan.fingerprint().to_owned();
    let mut requests = JoinSet::new();
    for number in 0..100 {
        let (setup, fingerprint, key) = (
            setup.clone(),
            fingerprint.clone(),
            key(number).replace(' ', "-"),
        );
        requests.spawn(async move {
            // Where there is more to do than time, some are told to come back, and do so with the
            // same key.
            for _ in 0..ATTEMPTS {
                let body = json!({});
                let answer = setup
                    .transfer(&first(), MIGRATIONS, &fingerprint, &key, &body)
                    .await;
                if answer.status != 503 && answer.status != 409 {
                    return answer;
                }
            }
            panic!("the server is unavailable for good");
        });
    }
    let answers = requests.join_all().await;
    let bodies = answers
        .iter()
        .filter(|answer| answer.status != 412)
        .map(|answer| answer.body.to_string())
        .collect();
    (
        setup,
        answers
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect(),
        bodies,
    )
}

async fn transferred_once(setup: &Setup) {
    let stored = setup.stored(&first()).await;
    let ids: BTreeSet<&str> = stored.iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!((stored.len(), ids.len()), (13, 13));
    let receipts = setup.get(&first(), "/api/v1/receipts").await;
    assert_eq!(receipts.body["receipts"].as_array().map(Vec::len), Some(1));
}
