//! Multiplexed connections for all requests, with bounded waiting.

use super::StoreError;
use super::primary::Primary;
use super::script::Call;
use crate::metrics::{REDIS_ERRORS, REDIS_SECONDS};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, Cmd, FromRedisValue, Pipeline, RedisResult};
use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// The longest a command may take. A request that finds Redis gone has to be answered within three
/// seconds, and no request waits for a second command after a first one that failed.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What a large value may take longer, in bytes a second: far less than any network between servers
/// carries. It keeps lists of many megabytes from being given up while they are still being sent.
const SLOWEST: u64 = 4 * 1024 * 1024;

/// How long a value may take to be read that is known to be large.
const LARGEST: Duration = Duration::from_secs(10);

/// How long replicas may take to confirm a write, in milliseconds: less than a request may.
pub(super) const CONFIRMATION: u64 = 700;

/// How often Sentinel is asked where the primary is.
const ASK_AGAIN: Duration = Duration::from_millis(500);

/// Shared connections that are made when first used and made again when they break.
#[derive(Clone)]
pub(super) struct Connection(Arc<Inner>);

struct Inner {
    primary: Primary,
    current: RwLock<Option<Current>>,
    /// How many replicas must have a commit before it is acknowledged.
    replicas: u32,
    /// Bytes from which on a value is large.
    large: usize,
}

/// Connections to one Redis.
#[derive(Clone)]
struct Current {
    address: Option<(String, u16)>,
    client: Client,
    manager: ConnectionManager,
    /// For large values, and for commits that wait for replicas: on the other one, requests would wait as well.
    aside: ConnectionManager,
}

impl Connection {
    /// # Errors
    /// When the connections cannot be prepared.
    pub(super) fn new(primary: Primary, replicas: u32, large: usize) -> Result<Self, StoreError> {
        let fixed = primary.fixed().cloned();
        let is_fixed = fixed.is_some();
        let current = fixed.map(|client| Current::new(client, None)).transpose()?;
        let inner = Arc::new(Inner {
            primary,
            current: RwLock::new(current),
            replicas,
            large,
        });
        if !is_fixed {
            follow_elections(Arc::downgrade(&inner));
        }
        Ok(Self(inner))
    }

    /// Makes further connections, for what must not wait behind requests or make them wait.
    ///
    /// # Errors
    /// When it is not known where the primary is.
    pub(super) fn client(&self) -> Result<Client, StoreError> {
        Ok(self.current()?.client)
    }

    /// How many replicas must have a commit.
    pub(super) fn replicas(&self) -> u32 {
        self.0.replicas
    }

    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let mut manager = self.current()?.manager;
        patiently("query", PATIENCE, command.query_async(&mut manager)).await
    }

    /// The same on the connection where large values are read, so that nobody waits behind them.
    pub(super) async fn query_aside<T: FromRedisValue>(
        &self,
        command: &Cmd,
    ) -> Result<T, StoreError> {
        let mut aside = self.current()?.aside;
        match patiently("query", LARGEST, command.query_async(&mut aside)).await {
            Err(error) if is_broken(&error) => self.query(command).await,
            answer => answer,
        }
    }

    /// The same on the connection where large values are read.
    pub(super) async fn pipeline_aside<T: FromRedisValue>(
        &self,
        pipeline: &Pipeline,
    ) -> Result<T, StoreError> {
        let mut aside = self.current()?.aside;
        match patiently("pipeline", LARGEST, pipeline.query_async(&mut aside)).await {
            Err(error) if is_broken(&error) => self.pipeline(pipeline).await,
            answer => answer,
        }
    }

    pub(super) async fn pipeline<T: FromRedisValue>(
        &self,
        pipeline: &Pipeline,
    ) -> Result<T, StoreError> {
        let mut manager = self.current()?.manager;
        patiently("pipeline", PATIENCE, pipeline.query_async(&mut manager)).await
    }

    /// Runs a script with arguments of so many bytes.
    pub(super) async fn script<T: FromRedisValue>(
        &self,
        call: &Call,
        bytes: usize,
    ) -> Result<T, StoreError> {
        let sending = sending(bytes);
        let current = self.current()?;
        let mut connection = if bytes < self.0.large {
            current.manager
        } else {
            current.aside
        };
        patiently("script", PATIENCE + sending, call.run(&mut connection)).await
    }

    /// Runs a command that writes, with arguments of so many bytes, and waits until enough replicas have it.
    ///
    /// # Errors
    /// [`StoreError::NotReplicated`] when they do not confirm it in time: it has happened all the same.
    pub(super) async fn replicated<T: FromRedisValue>(
        &self,
        command: &Cmd,
        bytes: usize,
    ) -> Result<T, StoreError> {
        let sending = sending(bytes);
        // In one go, so that both are on the same connection: WAIT waits for what its own connection wrote.
        let mut both = redis::pipe();
        both.add_command(command.clone());
        both.cmd("WAIT").arg(self.0.replicas).arg(CONFIRMATION);
        let mut aside = self.current()?.aside;
        let answers = both.query_async(&mut aside);
        let (answer, confirmed): (T, u32) =
            patiently("script", PATIENCE + sending, answers).await?;
        if confirmed < self.0.replicas {
            return Err(StoreError::NotReplicated);
        }
        Ok(answer)
    }

    fn current(&self) -> Result<Current, StoreError> {
        let current = self.0.current.read();
        let current = current.unwrap_or_else(PoisonError::into_inner);
        current.clone().ok_or(StoreError::NoPrimary)
    }
}

impl Current {
    fn new(client: Client, address: Option<(String, u16)>) -> RedisResult<Self> {
        // Few and quick attempts: a request that fails tells the page, and the page tries again.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_min_delay(Duration::from_millis(50))
            .set_max_delay(Duration::from_millis(200))
            .set_connection_timeout(Some(Duration::from_millis(800)))
            // How long to wait is decided call by call, above.
            .set_response_timeout(None);
        let manager = || ConnectionManager::new_lazy_with_config(client.clone(), config.clone());
        Ok(Self {
            address,
            manager: manager()?,
            aside: manager()?,
            client,
        })
    }
}

/// Turns to another primary when there is one; ends with the last handle.
fn follow_elections(inner: Weak<Inner>) -> JoinHandle<()> {
    tokio::spawn(async move {
        while let Some(inner) = inner.upgrade() {
            match inner.primary.ask().await {
                Ok(address) => inner.turn_to(address),
                Err(error) => tracing::debug!(%error, "no Sentinel says where the primary is"),
            }
            drop(inner);
            tokio::time::sleep(ASK_AGAIN).await;
        }
    })
}

impl Inner {
    fn turn_to(&self, address: (String, u16)) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let known = current
            .as_ref()
            .and_then(|current| current.address.as_ref());
        if known == Some(&address) {
            return;
        }
        let connections = self
            .primary
            .at(&address)
            .and_then(|client| Current::new(client, Some(address)));
        match connections {
            Ok(connections) => {
                tracing::warn!("Sentinel names a primary: requests go there from now on");
                *current = Some(connections);
            }
            Err(error) => tracing::error!(%error, "the primary that Sentinel names cannot be used"),
        }
    }
}

/// Whether the connection was found broken. The one aside is used seldom, so it may have been for long, while the other has been
/// made anew.
fn is_broken(error: &StoreError) -> bool {
    matches!(error, StoreError::Redis(error) if error.is_connection_dropped() || error.is_io_error())
}

/// How much longer than other commands one may take that is as large as this.
pub(super) fn sending(bytes: usize) -> Duration {
    Duration::from_secs(bytes as u64 / SLOWEST)
}

pub(super) async fn patiently<T>(
    operation: &'static str,
    patience: Duration,
    answer: impl Future<Output = RedisResult<T>>,
) -> Result<T, StoreError> {
    let begun = Instant::now();
    let answer = match tokio::time::timeout(patience, answer).await {
        Ok(answer) => answer.map_err(StoreError::from),
        Err(_) => Err(StoreError::NoAnswer),
    };
    let took = begun.elapsed();
    metrics::histogram!(REDIS_SECONDS, "operation" => operation).record(took);
    if answer.is_err() {
        metrics::counter!(REDIS_ERRORS, "operation" => operation).increment(1);
    }
    tracing::debug!(
        operation,
        microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "Redis"
    );
    answer
}
