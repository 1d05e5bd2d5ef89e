//! Keeps the table up to date with the hash.
//!
//! Redis 6 notifies a connection with `CLIENT TRACKING … BCAST` when a key changes. The
//! notification names the key, not the field, so a change requires a whole walk. The rest between
//! walks is proportional to their duration: however often GN2 writes, walks use at most a tenth of
//! one core of Redis. Without tracking, walks follow each other at a fixed interval.

use super::signals::{QUICK_WALK_RECORDS, WalkSignals};
use super::table::Table;
use super::walk::walk;
use crate::metrics::{ACCOUNTS, WALK_SECONDS};
use crate::store::StoreError;
use crate::store::connection::Connection;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, IntoConnectionInfo, ProtocolVersion, PushKind, RedisResult};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// The longest rest between a change and its walk, and the interval without tracking. A change is
/// found within a minute.
const LONGEST_REST: Duration = Duration::from_secs(40);

/// The longest rest while requests wait for the walk.
const LONGEST_REST_AWAITED: Duration = Duration::from_millis(500);

/// The rest after a walk, as a multiple of its duration.
const REST_PER_WALK: u32 = 9;

/// An idle connection is tested at this interval, because a silently broken one sends no
/// notification.
const IDLE: Duration = Duration::from_secs(10);

/// Timeout of a step, a test or a connection.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest delay before the next attempt to connect.
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);

/// Walks and follows until aborted. Redis may be down at times.
pub(super) async fn follow(
    connection: Connection,
    users: String,
    publish: watch::Sender<Option<Arc<Table>>>,
    walks: Arc<WalkSignals>,
) {
    let mut backoff = Duration::from_millis(50);
    loop {
        let walked_before = walks.begun.load(Ordering::Acquire);
        let Err(error) = match connection.client() {
            Ok(client) => follow_connection(&client, &users, &publish, &walks)
                .await
                .map_err(StoreError::from),
            Err(error) => Err(error),
        };
        if walks.begun.load(Ordering::Acquire) > walked_before {
            backoff = Duration::from_millis(50);
            tracing::warn!(%error, "the legacy index lost its connection to Redis and reconnects");
        }
        sleep(backoff).await;
        backoff = (backoff * 2).min(LONGEST_BACKOFF);
    }
}

/// Follows until the connection breaks.
async fn follow_connection(
    client: &redis::Client,
    users: &str,
    publish: &watch::Sender<Option<Arc<Table>>>,
    walks: &WalkSignals,
) -> RedisResult<std::convert::Infallible> {
    let mut feed = ChangeFeed::open(client, users).await?;
    loop {
        // Changes from here on need another walk, because this one may have passed them.
        feed.discard_notifications();
        let number = walks.begun.fetch_add(1, Ordering::AcqRel) + 1;
        let begin = Instant::now();
        let table = walk(&mut feed.connection, users, number).await?;
        let end = Instant::now();
        metrics::histogram!(WALK_SECONDS).record(end - begin);
        #[expect(
            clippy::cast_precision_loss,
            reason = "there are fewer people than that"
        )]
        metrics::gauge!(ACCOUNTS).set(table.records as f64);
        let milliseconds = u64::try_from((end - begin).as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(
            records = table.records,
            milliseconds,
            "indexed the legacy accounts"
        );
        let longest = if table.records <= QUICK_WALK_RECORDS {
            LONGEST_REST_AWAITED
        } else {
            LONGEST_REST
        };
        publish.send_replace(Some(Arc::new(table)));
        let rest = ((end - begin) * REST_PER_WALK).min(longest);
        feed.change(walks, end + LONGEST_REST).await?;
        sleep_until(end + rest).await;
    }
}

/// A connection that receives notifications of changes, if Redis supports them.
struct ChangeFeed {
    connection: MultiplexedConnection,
    /// `None` without notifications.
    notifications: Option<mpsc::UnboundedReceiver<redis::PushInfo>>,
}

impl ChangeFeed {
    async fn open(client: &redis::Client, users: &str) -> RedisResult<Self> {
        match Self::tracking(client, users).await {
            Ok(feed) => Ok(feed),
            // Redis is older than 6, or the user may not use tracking.
            Err(_) => Ok(Self {
                connection: client
                    .get_multiplexed_async_connection_with_config(&settings())
                    .await?,
                notifications: None,
            }),
        }
    }

    async fn tracking(client: &redis::Client, users: &str) -> RedisResult<Self> {
        let info = client.get_connection_info().clone();
        let redis = info
            .redis_settings()
            .clone()
            .set_protocol(ProtocolVersion::RESP3);
        let client = redis::Client::open(info.set_redis_settings(redis).into_connection_info()?)?;
        let (sender, notifications) = mpsc::unbounded_channel();
        let settings = settings().set_push_sender(sender);
        let mut connection = client
            .get_multiplexed_async_connection_with_config(&settings)
            .await?;
        let mut track = redis::cmd("CLIENT");
        track.arg(&["TRACKING", "ON", "BCAST", "PREFIX", users]);
        track.query_async::<()>(&mut connection).await?;
        Ok(Self {
            connection,
            notifications: Some(notifications),
        })
    }

    fn discard_notifications(&mut self) {
        if let Some(notifications) = &mut self.notifications {
            while notifications.try_recv().is_ok() {}
        }
    }

    /// Waits until the hash has changed, a request needs a walk, or, without tracking, `pace` has
    /// come.
    async fn change(&mut self, walks: &WalkSignals, pace: Instant) -> RedisResult<()> {
        loop {
            tokio::select! {
                () = walks.requested.notified() => return Ok(()),
                push = next(&mut self.notifications) => match push.map(|push| push.kind) {
                    Some(PushKind::Invalidate) => return Ok(()),
                    Some(PushKind::Disconnection) | None => return Err(gone()),
                    Some(_) => {}
                },
                () = sleep_until(pace), if self.notifications.is_none() => return Ok(()),
                () = sleep(IDLE) => {
                    let ping = redis::cmd("PING");
                    let answer = ping.query_async::<()>(&mut self.connection);
                    timeout(CONNECTION_TIMEOUT, answer).await.map_err(|_| gone())??;
                }
            }
        }
    }
}

/// The next notification. Never resolves without tracking.
async fn next(
    notifications: &mut Option<mpsc::UnboundedReceiver<redis::PushInfo>>,
) -> Option<redis::PushInfo> {
    match notifications {
        Some(notifications) => notifications.recv().await,
        None => std::future::pending().await,
    }
}

fn settings() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECTION_TIMEOUT))
        .set_response_timeout(Some(CONNECTION_TIMEOUT))
}

fn gone() -> redis::RedisError {
    std::io::Error::from(std::io::ErrorKind::ConnectionAborted).into()
}
