//! Shared connections to Redis with timeouts.

use super::StoreError;
use super::primary;
use super::script::ScriptCall;
use crate::config::{RedisServer, StoreConfig};
use crate::metrics::{REDIS_ERRORS, REDIS_SECONDS};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::sentinel::SentinelClient;
use redis::{
    Client, Cmd, ErrorKind, FromRedisValue, Pipeline, RedisError, RedisResult, ServerErrorKind,
};
use secrecy::ExposeSecret;
use std::future::Future;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The longest a command may take. A request must be answered within three seconds even if Redis is
/// gone, and no request waits for a second command after a failed one.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(2);

/// Minimum transfer rate of large values, in bytes per second; any network between servers is
/// faster. It extends the timeout of lists with many megabytes.
const MIN_BYTES_PER_SECOND: u64 = 4 * 1024 * 1024;

/// How long replicas may take to confirm a write, in milliseconds.
const REPLICATION_TIMEOUT_MS: u64 = 700;

/// The longest wait of a command for operators for the first answer of a Sentinel.
const SENTINEL_TIMEOUT: Duration = Duration::from_secs(10);

/// Interval between two requests to Sentinel.
const SENTINEL_INTERVAL: Duration = Duration::from_millis(500);

/// Shared connections, made on first use and again after a failure.
#[derive(Clone)]
pub(super) struct Connection(Arc<Inner>);

struct Inner {
    current: watch::Sender<Option<Arc<Current>>>,
    /// Replicas that must confirm a commit before it is acknowledged.
    replicas: u32,
}

struct Current {
    client: Client,
    manager: ConnectionManager,
    /// For commits that wait for replicas, so that other requests need not wait.
    replicated: ConnectionManager,
}

impl Connection {
    /// Prepares the connections. None of them is made yet.
    pub(super) fn new(config: &StoreConfig) -> Result<Self, StoreError> {
        let authorities = config.redis_ca.as_deref();
        let connection = |current| {
            Self(Arc::new(Inner {
                current: watch::Sender::new(current),
                replicas: config.wait_replicas,
            }))
        };
        match &config.redis {
            RedisServer::Fixed(url) => {
                let client = primary::fixed(url.expose_secret(), authorities)?;
                Ok(connection(Some(Arc::new(Current::new(client)?))))
            }
            RedisServer::Sentinel(service) => {
                let sentinel = primary::sentinel(service, authorities)?;
                let connection = connection(None);
                tokio::spawn(follow_primary(sentinel, Arc::downgrade(&connection.0)));
                Ok(connection)
            }
        }
    }

    /// A client for further connections, e.g. for blocking commands.
    pub(super) fn client(&self) -> Result<Client, StoreError> {
        Ok(self.current()?.client.clone())
    }

    /// Waits for the first answer of a Sentinel.
    pub(super) async fn wait_for_primary(&self) -> Result<(), StoreError> {
        let mut current = self.0.current.subscribe();
        let found = tokio::time::timeout(SENTINEL_TIMEOUT, current.wait_for(Option::is_some));
        let found = found.await.ok().and_then(Result::ok);
        found.map(drop).ok_or(StoreError::NoPrimary)
    }

    pub(super) fn replicas(&self) -> u32 {
        self.0.replicas
    }

    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let current = self.current()?;
        let mut manager = current.manager.clone();
        let answer = command.query_async(&mut manager);
        let answer = with_timeout("query", COMMAND_TIMEOUT, answer).await;
        self.0.checked(&current, answer)
    }

    pub(super) async fn pipeline<T: FromRedisValue>(
        &self,
        pipeline: &Pipeline,
    ) -> Result<T, StoreError> {
        let current = self.current()?;
        let mut manager = current.manager.clone();
        let answers = pipeline.query_async(&mut manager);
        let answers = with_timeout("pipeline", COMMAND_TIMEOUT, answers).await;
        self.0.checked(&current, answers)
    }

    /// Runs a script. `bytes` is the size of its arguments.
    pub(super) async fn script<T: FromRedisValue>(
        &self,
        call: &ScriptCall,
        bytes: usize,
    ) -> Result<T, StoreError> {
        let current = self.current()?;
        let mut manager = current.manager.clone();
        let timeout = COMMAND_TIMEOUT + transfer_time(bytes);
        let answer = with_timeout("script", timeout, call.run(&mut manager)).await;
        self.0.checked(&current, answer)
    }

    /// Runs a write command and waits for the replicas. `bytes` is the size of its arguments. After
    /// [`StoreError::NotReplicated`] the write has happened nevertheless.
    pub(super) async fn replicated<T: FromRedisValue>(
        &self,
        command: &Cmd,
        bytes: usize,
    ) -> Result<T, StoreError> {
        let timeout = COMMAND_TIMEOUT + transfer_time(bytes);
        // A pipeline, because WAIT concerns the writes of its own connection.
        let mut both = redis::pipe();
        both.add_command(command.clone());
        both.cmd("WAIT")
            .arg(self.0.replicas)
            .arg(REPLICATION_TIMEOUT_MS);
        let current = self.current()?;
        let mut manager = current.replicated.clone();
        let answers = both.query_async(&mut manager);
        let answers = with_timeout("script", timeout, answers).await;
        let (answer, confirmed): (T, u32) = self.0.checked(&current, answers)?;
        if confirmed < self.0.replicas {
            return Err(StoreError::NotReplicated);
        }
        Ok(answer)
    }

    fn current(&self) -> Result<Arc<Current>, StoreError> {
        self.0.current.borrow().clone().ok_or(StoreError::NoPrimary)
    }
}

impl Current {
    fn new(client: Client) -> RedisResult<Self> {
        // A few fast attempts: the page repeats failed requests.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_min_delay(Duration::from_millis(50))
            .set_max_delay(Duration::from_millis(200))
            .set_connection_timeout(Some(Duration::from_millis(800)))
            // Each call has its own timeout, see above.
            .set_response_timeout(None);
        let manager = || ConnectionManager::new_lazy_with_config(client.clone(), config.clone());
        Ok(Self {
            manager: manager()?,
            replicated: manager()?,
            client,
        })
    }
}

/// Asks the Sentinels for the primary until the last handle is dropped.
async fn follow_primary(mut sentinel: SentinelClient, inner: Weak<Inner>) {
    loop {
        let primary = sentinel.async_get_client().await;
        let Some(inner) = inner.upgrade() else { return };
        match primary {
            Ok(client) => inner.switch_to(client),
            Err(error) => tracing::debug!(%error, "no Sentinel names a primary that can be used"),
        }
        drop(inner);
        tokio::time::sleep(SENTINEL_INTERVAL).await;
    }
}

impl Inner {
    /// Uses this primary from now on, unless it is the current one.
    fn switch_to(&self, primary: Client) {
        let address = |client: &Client| client.get_connection_info().addr().clone();
        let is_current = self
            .current
            .borrow()
            .as_ref()
            .is_some_and(|current| address(&current.client) == address(&primary));
        if is_current {
            return;
        }
        match Current::new(primary) {
            Ok(connections) => {
                tracing::warn!("Sentinel names a new primary; requests go there from now on");
                self.current.send_replace(Some(Arc::new(connections)));
            }
            Err(error) => tracing::error!(%error, "the primary that Sentinel names cannot be used"),
        }
    }

    /// Replaces the connections that were used if Redis did not let us in. A
    /// [`ConnectionManager`] opens a broken connection again, but keeps the error of a refused one
    /// for ever.
    fn checked<T>(
        &self,
        used: &Arc<Current>,
        answer: Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Err(StoreError::Redis(error)) = &answer
            && may_be_refused_connection(error)
        {
            let renewed = Arc::new(Current::new(used.client.clone())?);
            self.current.send_if_modified(|current| {
                let is_used = current
                    .as_ref()
                    .is_some_and(|current| Arc::ptr_eq(current, used));
                if is_used {
                    *current = Some(renewed);
                }
                is_used
            });
        }
        answer
    }
}

/// Whether Redis may have refused the connection rather than one command: the password, the user or
/// the database, or because it has too many clients.
fn may_be_refused_connection(error: &RedisError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AuthenticationFailed | ErrorKind::Server(ServerErrorKind::ResponseError)
    )
}

/// The additional timeout for this many bytes.
fn transfer_time(bytes: usize) -> Duration {
    Duration::from_secs(bytes as u64 / MIN_BYTES_PER_SECOND)
}

async fn with_timeout<T>(
    operation: &'static str,
    timeout: Duration,
    answer: impl Future<Output = RedisResult<T>>,
) -> Result<T, StoreError> {
    let begun = Instant::now();
    let answer = match tokio::time::timeout(timeout, answer).await {
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
