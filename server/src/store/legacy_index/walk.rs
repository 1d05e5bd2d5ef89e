//! A walk over `users`, in steps between which Redis serves others.

use super::table::{Table, TableBuilder};
use redis::aio::MultiplexedConnection;
use redis::{RedisError, RedisResult};
use std::io;

/// The reply to HSCAN: the next cursor, and fields with their values.
type ScanReply = (u64, Vec<(Vec<u8>, Vec<u8>)>);

/// Fields per step, which take half a millisecond of Redis' time.
const FIELDS: u32 = 1_000;

/// Builds a table of all records. The next step is fetched while a blocking thread reads the
/// records of the last one.
pub(super) async fn walk(
    connection: &mut MultiplexedConnection,
    users: &str,
    walk: u64,
) -> RedisResult<Table> {
    let records: u64 = redis::cmd("HLEN")
        .arg(users)
        .query_async(connection)
        .await?;
    let mut builder = TableBuilder::new(walk, records);
    let (mut cursor, mut records) = step(connection, users, 0).await?;
    loop {
        let reading = tokio::task::spawn_blocking(move || {
            for (field, record) in &records {
                builder.record(field, record);
            }
            builder
        });
        if cursor == 0 {
            let builder = reading.await.map_err(stopped)?;
            return tokio::task::spawn_blocking(move || builder.finish())
                .await
                .map_err(stopped);
        }
        let next = step(connection, users, cursor).await;
        builder = reading.await.map_err(stopped)?;
        (cursor, records) = next?;
    }
}

async fn step(
    connection: &mut MultiplexedConnection,
    users: &str,
    cursor: u64,
) -> RedisResult<ScanReply> {
    let mut scan = redis::cmd("HSCAN");
    scan.arg(users).arg(cursor).arg("COUNT").arg(FIELDS);
    scan.query_async(connection).await
}

/// The thread pool refuses work only when the program ends.
fn stopped(error: tokio::task::JoinError) -> RedisError {
    io::Error::other(error).into()
}
