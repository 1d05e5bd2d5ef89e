//! One multiplexed connection for all requests, with bounded waiting.

use super::StoreError;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Cmd, FromRedisValue, Pipeline, ScriptInvocation};
use secrecy::{ExposeSecret, SecretString};
use std::future::Future;
use std::time::Duration;

/// The longest a command may take. A request that finds Redis gone has to be answered within three
/// seconds, and no request waits for a second command after a first one that failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a large value may take longer, in bytes a second: far less than any network between servers
/// carries. It keeps lists of many megabytes from being given up while they are still being sent.
const SLOWEST: u64 = 4 * 1024 * 1024;

/// A shared connection that is made when first used and made again when it breaks.
#[derive(Clone)]
pub(super) struct Connection {
    manager: ConnectionManager,
    client: redis::Client,
}

impl Connection {
    pub(super) fn new(url: &SecretString) -> Result<Self, StoreError> {
        let client = redis::Client::open(url.expose_secret())?;
        // Few and quick attempts: a request that fails tells the page, and the page tries again.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_min_delay(Duration::from_millis(50))
            .set_max_delay(Duration::from_millis(200))
            .set_connection_timeout(Some(Duration::from_millis(800)))
            // How long to wait is decided call by call, below.
            .set_response_timeout(None);
        Ok(Self {
            manager: ConnectionManager::new_lazy_with_config(client.clone(), config)?,
            client,
        })
    }

    /// Makes further connections, for what must not wait behind requests or make them wait.
    pub(super) fn client(&self) -> redis::Client {
        self.client.clone()
    }

    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        patiently(PATIENCE, command.query_async(&mut self.manager.clone())).await
    }

    pub(super) async fn pipeline<T: FromRedisValue>(
        &self,
        pipeline: &Pipeline,
    ) -> Result<T, StoreError> {
        patiently(PATIENCE, pipeline.query_async(&mut self.manager.clone())).await
    }

    /// Runs a script with arguments of so many bytes.
    pub(super) async fn script<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
        bytes: usize,
    ) -> Result<T, StoreError> {
        let sending = Duration::from_secs(bytes as u64 / SLOWEST);
        let mut connection = self.manager.clone();
        let answer = script.invoke_async(&mut connection);
        patiently(PATIENCE + sending, answer).await
    }
}

async fn patiently<T>(
    patience: Duration,
    answer: impl Future<Output = redis::RedisResult<T>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(patience, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::NoAnswer),
    }
}
