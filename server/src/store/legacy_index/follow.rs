//! Keeps the table up with the hash.
//!
//! Redis tells a connection that has asked for it (`CLIENT TRACKING … BCAST`, Redis 6) when a key changes.
//! It names the key, not the field, so a change leads to a walk; walks rest in proportion to what they
//! take, so that however often GN2 writes, they cost Redis a tenth of one core at most. Where tracking is
//! not to be had, the walks follow each other at a fixed pace.

use super::table::Table;
use super::walk::walk;
use super::{QUICKLY_WALKED, Walks};
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

/// The longest rest between a change and the walk that finds it, and the pace without tracking: with the
/// walk itself, a change is found within a minute.
const LONGEST_REST: Duration = Duration::from_secs(40);

/// The same where requests wait for the walk: well below their patience, also when Redis is slow.
const LONGEST_REST_AWAITED: Duration = Duration::from_millis(500);

/// A walk is followed by a rest so many times as long.
const REST_PER_WALK: u32 = 9;

/// How often an idle connection is tested: one that broke without a word brings no news either.
const IDLE: Duration = Duration::from_secs(10);

/// The longest a step, a test or a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest wait before Redis is tried again.
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);

/// Walks and follows until aborted. Redis may come and go.
pub(super) async fn follow(
    connection: Connection,
    users: String,
    publish: watch::Sender<Option<Arc<Table>>>,
    walks: Arc<Walks>,
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
            tracing::warn!(%error, "the legacy index lost its connection to Redis and makes a new one");
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
    walks: &Walks,
) -> RedisResult<std::convert::Infallible> {
    let mut feed = Feed::open(client, users).await?;
    loop {
        // What changes from here on is news: this walk may have passed it.
        feed.forget_news();
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
        let longest = if table.records <= QUICKLY_WALKED {
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

/// A connection that is told of changes, if Redis can.
struct Feed {
    connection: MultiplexedConnection,
    /// `None`: Redis tells nothing.
    news: Option<mpsc::UnboundedReceiver<redis::PushInfo>>,
}

impl Feed {
    async fn open(client: &redis::Client, users: &str) -> RedisResult<Self> {
        match Self::tracking(client, users).await {
            Ok(feed) => Ok(feed),
            // Older than 6, or not allowed; if Redis is down, this fails as well.
            Err(_) => Ok(Self {
                connection: client
                    .get_multiplexed_async_connection_with_config(&settings())
                    .await?,
                news: None,
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
        let (sender, news) = mpsc::unbounded_channel();
        let settings = settings().set_push_sender(sender);
        let mut connection = client
            .get_multiplexed_async_connection_with_config(&settings)
            .await?;
        let mut track = redis::cmd("CLIENT");
        track.arg(&["TRACKING", "ON", "BCAST", "PREFIX", users]);
        track.query_async::<()>(&mut connection).await?;
        Ok(Self {
            connection,
            news: Some(news),
        })
    }

    fn forget_news(&mut self) {
        if let Some(news) = &mut self.news {
            while news.try_recv().is_ok() {}
        }
    }

    /// Waits until the hash has changed, a request wants a walk, or, without tracking, it is time.
    async fn change(&mut self, walks: &Walks, pace: Instant) -> RedisResult<()> {
        loop {
            tokio::select! {
                () = walks.wanted.notified() => return Ok(()),
                push = next(&mut self.news) => match push.map(|push| push.kind) {
                    Some(PushKind::Invalidate) => return Ok(()),
                    Some(PushKind::Disconnection) | None => return Err(gone()),
                    Some(_) => {}
                },
                () = sleep_until(pace), if self.news.is_none() => return Ok(()),
                () = sleep(IDLE) => {
                    let ping = redis::cmd("PING");
                    let answer = ping.query_async::<()>(&mut self.connection);
                    timeout(PATIENCE, answer).await.map_err(|_| gone())??;
                }
            }
        }
    }
}

/// The next piece of news; never, where there is none to be had.
async fn next(
    news: &mut Option<mpsc::UnboundedReceiver<redis::PushInfo>>,
) -> Option<redis::PushInfo> {
    match news {
        Some(news) => news.recv().await,
        None => std::future::pending().await,
    }
}

fn settings() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
}

fn gone() -> redis::RedisError {
    std::io::Error::from(std::io::ErrorKind::ConnectionAborted).into()
}
