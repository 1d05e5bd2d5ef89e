//! Which legacy accounts have an address, without scanning for it.
//!
//! GN2's `users` hash is keyed by id, and people are looked up by address. The index is a table in this
//! process's memory, made by walking over the hash in small steps ([`walk`]), and made anew when the hash
//! changes ([`follow`]). It only *proposes* accounts ([`table`]): whoever uses a proposal reads the record
//! itself and compares its address, so an old table can miss an account for a moment, but never show
//! somebody else's.
//!
//! Nothing is written to Redis for it, so several server processes need no agreement and an operator
//! nothing to clean up.

mod follow;
mod table;
mod walk;

pub(super) use table::Candidate;

use super::connection::Connection;
use crate::metrics::LOOKUPS;
use shared::email::NormalizedEmail;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use table::Table;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// How long a request waits for a table: less than the three seconds in which every request is answered.
const PATIENCE: Duration = Duration::from_secs(2);

/// Up to so many records a walk takes a few milliseconds, so a request that sees the table is behind waits
/// for the next one. Behind a larger hash it is answered with what is known.
const QUICKLY_WALKED: u64 = 10_000;

/// There is no table yet: the first walk has not ended, as after a start with Redis down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the legacy accounts are still being indexed")]
pub struct NotReady;

/// The index; cheap to clone. Its walker ends with the last clone.
#[derive(Clone)]
pub(super) struct LegacyIndex(Arc<Inner>);

struct Inner {
    table: watch::Receiver<Option<Arc<Table>>>,
    walks: Arc<Walks>,
    walker: JoinHandle<()>,
}

/// What requests and the walker tell each other.
#[derive(Default)]
struct Walks {
    /// How many walks have begun.
    begun: AtomicU64,
    /// A request has seen that the table is behind.
    wanted: Notify,
}

/// The accounts that may have an address, by one table.
pub(super) struct Candidates {
    /// Ordered by their fields.
    pub(super) accounts: Vec<Candidate>,
    /// How many records the hash had when the walk began.
    pub(super) records: u64,
}

impl LegacyIndex {
    /// Starts to walk over this hash.
    pub(super) fn start(connection: Connection, users: String) -> Self {
        let walks = Arc::new(Walks::default());
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
    ///
    /// # Errors
    /// [`NotReady`] when there is none in time.
    pub(super) async fn candidates(&self, email: &NormalizedEmail) -> Result<Candidates, NotReady> {
        self.candidates_of_walk(email, 0).await
    }

    /// Asks for a new walk because the hash holds so many records and the table was made from another
    /// number. Answers from the new table, or `None` where that would take too long.
    ///
    /// # Errors
    /// [`NotReady`] when a quick walk does not end in time.
    pub(super) async fn caught_up(
        &self,
        email: &NormalizedEmail,
        records: u64,
    ) -> Result<Option<Candidates>, NotReady> {
        self.0.walks.wanted.notify_one();
        if records > QUICKLY_WALKED {
            return Ok(None);
        }
        // A walk that has begun may have passed the place of the new record already.
        let walk = self.0.walks.begun.load(Ordering::Acquire) + 1;
        self.candidates_of_walk(email, walk).await.map(Some)
    }

    async fn candidates_of_walk(
        &self,
        email: &NormalizedEmail,
        walk: u64,
    ) -> Result<Candidates, NotReady> {
        let mut tables = self.0.table.clone();
        let new_enough = tables.wait_for(|table| table.as_ref().is_some_and(|t| t.walk >= walk));
        let table = tokio::time::timeout(PATIENCE, new_enough)
            .await
            .ok()
            .and_then(Result::ok)
            .and_then(|table| table.clone())
            .ok_or(NotReady)
            .inspect_err(|_| {
                metrics::counter!(LOOKUPS, "outcome" => "not-ready").increment(1);
            })?;
        Ok(Candidates {
            accounts: table.candidates(email),
            records: table.records,
        })
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.walker.abort();
    }
}
