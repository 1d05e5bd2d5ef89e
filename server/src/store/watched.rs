//! Commits to large lists, on a connection of their own.
//!
//! In a script, each value is copied half a dozen times, and Redis serves nobody meanwhile. So what a large commit is
//! decided on is watched (`WATCH`) before it is read, and what it writes is one transaction (`MULTI` … `EXEC`), whose values
//! Redis takes as they come in, while it serves others. Redis executes it only if nobody has written to any of the
//! watched keys since; else the values are read and compared again, and in the end it is for [`super::commit`]'s script.
//!
//! `WATCH` belongs to a connection, so this one serves a single commit and is closed with it.

mod purpose;
mod transaction;
mod unchanged;
mod wire;
mod writes;

use super::connection::patiently;
use super::{Store, StoreError};
use redis::{Connection, FromRedisValue, Pipeline, RedisResult};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

pub use purpose::Purpose;

/// How long the connection may take to be made.
const CONNECTING: Duration = Duration::from_millis(800);

/// How many such commits run at once; each takes a processor and Redis for a while.
pub(super) const AT_ONCE: usize = 4;

/// How long one waits for those before it.
const TURN: Duration = Duration::from_secs(2);

/// How long reading may take: as long as anything, and what large values take longer.
const READING: Duration = Duration::from_secs(10);

/// How long nothing may come, or go.
const SILENCE: Duration = Duration::from_secs(2);

/// A connection on which everything is watched that a commit is decided on.
pub struct Watched {
    store: Store,
    /// What is watched.
    keys: Vec<String>,
    /// `None` while it is busy, and after it has broken.
    connection: Option<Connection>,
    /// Others wait for it.
    _permit: OwnedSemaphorePermit,
}

impl Store {
    /// Watches from now on what a commit to this owner's list is decided on. `None` where that cannot be had, e.g. because
    /// this user of Redis may not: such a commit is made without.
    pub async fn watch(&self, owner: Uuid, purpose: Purpose<'_>) -> Option<Watched> {
        let keys = purpose.keys(&self.keys, owner);
        let permit = self.large_at_once.clone().acquire_owned();
        let permit = tokio::time::timeout(TURN, permit).await.ok()?.ok()?;
        let client = self.connection.client().ok()?;
        let store = self.clone();
        let opening = blocking(move || {
            let mut connection = client.get_connection_with_timeout(CONNECTING)?;
            connection.set_read_timeout(Some(SILENCE))?;
            connection.set_write_timeout(Some(SILENCE))?;
            watch(&keys, &mut connection)?;
            Ok(Watched {
                store,
                keys,
                connection: Some(connection),
                _permit: permit,
            })
        });
        let opened = patiently("watch", CONNECTING + SILENCE, opening).await;
        opened
            .inspect_err(|error| tracing::warn!(%error, "a large list cannot be watched"))
            .ok()
    }
}

fn watch(keys: &[String], connection: &mut Connection) -> RedisResult<()> {
    let mut watch = redis::cmd("WATCH");
    watch.arg(keys);
    watch.query(connection)
}

impl Watched {
    /// Watches further keys from now on.
    pub(super) async fn also(&mut self, keys: Vec<String>) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let mut more = redis::pipe();
        more.cmd("WATCH").arg(&keys).ignore();
        self.keys.extend(keys);
        Box::pin(self.pipeline(more)).await
    }

    /// Reads what is watched.
    pub(super) async fn pipeline<T: FromRedisValue + Send + 'static>(
        &mut self,
        reads: Pipeline,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection.take().ok_or(StoreError::NoAnswer)?;
        let reading = blocking(move || {
            let answer = reads.query(&mut connection)?;
            Ok((connection, answer))
        });
        let (connection, answer) = patiently("pipeline", READING, reading).await?;
        self.connection = Some(connection);
        Ok(answer)
    }
}

/// Waits for what blocks, on a thread that no request waits for.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> RedisResult<T> + Send + 'static,
) -> RedisResult<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
