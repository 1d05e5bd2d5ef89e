//! Finds legacy accounts by address without a scan.
//!
//! GN2's `users` hash is keyed by id, but people are looked up by address. The index is a table in
//! this process's memory. A walk over the hash in small steps builds it ([`walk`]), and a change of
//! the hash starts the next walk ([`follow`]). The index only *proposes* accounts ([`table`]): the
//! caller reads the record itself and compares its address. An outdated table can therefore miss an
//! account for a moment, but never reveal another person's.
//!
//! Nothing is written to Redis. Server processes need no agreement, and operators have nothing to
//! clean up.

mod follow;
mod signals;
mod table;
mod walk;

pub(super) use table::Candidate;

use super::connection::Connection;
use super::error::IndexNotReady;
use crate::metrics::LOOKUPS;
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use signals::{QUICK_WALK_RECORDS, WalkSignals};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use table::Table;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Less than the three seconds within which every request is answered.
const TABLE_TIMEOUT: Duration = Duration::from_secs(2);

/// A handle to the index. The walker ends with the last handle.
#[derive(Clone)]
pub(super) struct LegacyIndex(Arc<Inner>);

struct Inner {
    table: watch::Receiver<Option<Arc<Table>>>,
    walks: Arc<WalkSignals>,
    walker: JoinHandle<()>,
}

/// The accounts that may have an address, according to one table.
pub(in crate::store) struct Candidates {
    /// Ordered by their fields.
    pub(super) accounts: Vec<Candidate>,
    /// Number of records when the walk began.
    pub(super) records: u64,
}

impl Candidates {
    fn of(table: &Table, email: &NormalizedEmail) -> Self {
        Self {
            accounts: table.candidates(email),
            records: table.records,
        }
    }
}

impl LegacyIndex {
    /// Starts to walk over this hash.
    pub(super) fn start(connection: Connection, users: String) -> Self {
        let walks = Arc::new(WalkSignals::default());
        let (publish, table) = watch::channel(None);
        let walker = tokio::spawn(follow::follow(
            connection,
            users,
            publish,
            Arc::clone(&walks),
        ));
        Self(Arc::new(Inner {
            table,
            walks,
            walker,
        }))
    }

    /// The accounts that may have this address. Waits for the first table.
    pub(super) async fn candidates(
        &self,
        email: &NormalizedEmail,
    ) -> Result<Candidates, IndexNotReady> {
        Ok(Candidates::of(&*self.table(0).await?, email))
    }

    /// Requests a new walk, because the hash has another number of records than the table. Returns
    /// `None` if the walk would take too long.
    pub(super) async fn candidates_after_walk(
        &self,
        email: &NormalizedEmail,
        records: u64,
    ) -> Result<Option<Candidates>, IndexNotReady> {
        let table = self.table_after_walk(records).await?;
        Ok(table.map(|table| Candidates::of(&table, email)))
    }

    /// The fields of the accounts whose records may name this id as their `user_id`. `records` is
    /// the number of records now.
    pub(super) async fn naming(
        &self,
        id: &LegacyOwner,
        records: u64,
    ) -> Result<Vec<LegacyOwner>, IndexNotReady> {
        let mut table = self.table(0).await?;
        if table.records != records
            && let Some(newer) = self.table_after_walk(records).await?
        {
            table = newer;
        }
        Ok(table.naming(id))
    }

    /// Whether there is a table.
    pub(super) fn is_ready(&self) -> bool {
        self.0.table.borrow().is_some()
    }

    /// Requests a new walk and returns its table, or `None` if the walk would take too long.
    async fn table_after_walk(&self, records: u64) -> Result<Option<Arc<Table>>, IndexNotReady> {
        self.0.walks.requested.notify_one();
        if records > QUICK_WALK_RECORDS {
            return Ok(None);
        }
        // A running walk may have passed the new record already.
        let walk = self.0.walks.begun.load(Ordering::Acquire) + 1;
        self.table(walk).await.map(Some)
    }

    /// Waits for the table of this walk or a later one.
    async fn table(&self, walk: u64) -> Result<Arc<Table>, IndexNotReady> {
        let mut tables = self.0.table.clone();
        let new_enough = tables.wait_for(|table| table.as_ref().is_some_and(|t| t.walk >= walk));
        let table = tokio::time::timeout(TABLE_TIMEOUT, new_enough)
            .await
            .ok()
            .and_then(Result::ok)
            .and_then(|table| table.clone())
            .ok_or(IndexNotReady)
            .inspect_err(|_| {
                metrics::counter!(LOOKUPS, "outcome" => "not-ready").increment(1);
            })?;
        Ok(table)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.walker.abort();
    }
}
