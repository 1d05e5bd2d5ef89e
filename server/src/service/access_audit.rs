//! Records in the audit stream who signs in, signs out, and looks at legacy accounts.
//!
//! These requests change no collections and are frequent, so the records are bounded: one look per
//! person and hour, and nothing of people who are not known. A record that Redis does not accept
//! delays and changes nothing else; the log has a warning.

use crate::store::{ActorKind, AuditRecord, Store};
use moka::future::Cache;
use std::time::Duration;
use uuid::Uuid;

/// How long another look of the same person is not recorded again by this process.
const LOOK_INTERVAL: Duration = Duration::from_hours(1);

/// People whose look is remembered. The least recent are dropped first.
const CAPACITY: u64 = 100_000;

/// The recent looks at legacy accounts, by person.
pub struct RecentLooks(Cache<Uuid, String>);

impl Default for RecentLooks {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(LOOK_INTERVAL)
                .build(),
        )
    }
}

impl RecentLooks {
    /// Records that a person saw the plan of these legacy accounts, their ids separated by spaces:
    /// once in an hour, and when the accounts are others. Without an account, nothing was seen.
    pub async fn record(&self, store: &Store, person: Uuid, accounts: &str, request_id: &str) {
        let seen = self.0.get(&person).await;
        if accounts.is_empty() || seen.is_some_and(|seen| seen == accounts) {
            return;
        }
        self.0.insert(person, accounts.to_owned()).await;
        record(store, person, "read-legacy", accounts, request_id).await;
    }
}

/// Records that a person signed in through this server.
pub async fn record_sign_in(store: &Store, person: Uuid, request_id: &str) {
    record(store, person, "sign-in", "", request_id).await;
}

/// Records that a person ended a session of this server.
pub async fn record_sign_out(store: &Store, person: Uuid, request_id: &str) {
    record(store, person, "sign-out", "", request_id).await;
}

async fn record(store: &Store, person: Uuid, kind: &'static str, from: &str, request_id: &str) {
    let audit = AuditRecord {
        actor: ActorKind::Person,
        kind,
        from: from.to_owned(),
        collections: 0,
        members: 0,
        request_id: request_id.to_owned(),
    };
    let recorded = store.record_request(Some(person), &audit, "committed");
    if let Err(error) = recorded.await {
        tracing::warn!(request_id, kind, %error, "cannot record a request in the audit stream");
    }
}
