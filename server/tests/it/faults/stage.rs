//! Redis, the proxy, and the server as a separate process.

use crate::harness::{Person, Proxy, Redis, ServerProcess, UserEndpoint, bearer, people};
use http::{Method, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Time after which a test fails.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Stage {
    pub(crate) redis: Redis,
    pub(crate) proxy: Proxy,
    pub(crate) server: ServerProcess,
    pub(crate) person: Person,
    auth: UserEndpoint,
    client: reqwest::Client,
    worlds: AtomicUsize,
}

/// The whole content of Redis: key and field to value.
pub(crate) type Snapshot = BTreeMap<(String, Vec<u8>), Vec<u8>>;

/// A request that can be repeated.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
}

impl Stage {
    /// Starts Redis, the proxy and the server.
    pub(crate) async fn set() -> Self {
        let person = people().remove(0);
        let auth = UserEndpoint::start(std::slice::from_ref(&person)).await;
        let redis = Redis::start();
        let proxy = Proxy::start(redis.port()).await;
        let server = start(&redis, &proxy, &auth);
        let client = reqwest::Client::new();
        Self {
            redis,
            proxy,
            server,
            person,
            auth,
            client,
            worlds: AtomicUsize::new(0),
        }
    }

    /// Sends a request as the person; `None` without a complete answer.
    pub(crate) async fn send(&self, method: Method, call: &Call) -> Option<(StatusCode, Value)> {
        let mut request = self
            .client
            .request(method, format!("{}{}", self.server.url, call.path));
        request = request
            .header("authorization", bearer(&self.person))
            .timeout(PATIENCE);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        let answer = request.send().await.ok()?;
        let status = answer.status();
        Some((status, answer.json().await.ok()?))
    }

    /// Waits until the server has a connection to Redis. `/readyz` may be a second behind.
    pub(crate) async fn ready(&self) {
        let started = Instant::now();
        let ready = Call {
            path: "/api/v1/receipts".to_owned(),
            headers: Vec::new(),
            body: None,
        };
        loop {
            let answer = self.send(Method::GET, &ready).await;
            if answer.is_some_and(|(status, _)| status == 200) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "the server does not recover");
        }
    }

    /// Starts another server after the end of the first.
    pub(crate) fn replace_server(&mut self) {
        self.server.wait_for_exit();
        self.server = start(&self.redis, &self.proxy, &self.auth);
    }

    /// Restarts Redis on the data that it had written.
    pub(crate) fn restart_redis(&mut self) {
        self.redis.crash();
        self.redis.restart();
    }

    /// Returns a number of further accounts for the next world. It differs from those of the worlds
    /// just before, because the server notices new accounts by their number.
    pub(crate) fn strangers(&self) -> usize {
        self.worlds.fetch_add(1, Ordering::Relaxed) % 16 * 3
    }

    pub(crate) async fn clear(&self) {
        let mut clear = redis::cmd("FLUSHALL");
        clear.arg("SYNC");
        clear
            .query_async::<()>(&mut self.redis.connect().await)
            .await
            .expect("emptied");
    }

    /// Makes Redis forget the scripts that it was sent.
    pub(crate) async fn forget_scripts(&self) {
        let mut forget = redis::cmd("SCRIPT");
        forget.arg("FLUSH").arg("SYNC");
        forget
            .query_async::<()>(&mut self.redis.connect().await)
            .await
            .expect("forgotten");
    }

    pub(crate) async fn snapshot(&self) -> Snapshot {
        let connection = &mut self.redis.connect().await;
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*")
            .query_async(connection)
            .await
            .expect("keys");
        let mut snapshot = Snapshot::new();
        // `/readyz` writes the key of doctor to learn whether Redis accepts writes.
        for key in keys.into_iter().filter(|key| key != "gnc:doctor") {
            let kind: String = redis::cmd("TYPE")
                .arg(&key)
                .query_async(connection)
                .await
                .expect("a type");
            let fields: Vec<(Vec<u8>, Vec<u8>)> = match kind.as_str() {
                "stream" => {
                    let mut range = redis::cmd("XRANGE");
                    range.arg(&key).arg("-").arg("+");
                    let entries: Vec<(Vec<u8>, Vec<Vec<u8>>)> =
                        range.query_async(connection).await.expect("a stream");
                    let entries = entries.into_iter();
                    entries.map(|(id, texts)| (id, texts.join(&b' '))).collect()
                }
                "string" => {
                    let mut get = redis::cmd("GET");
                    get.arg(&key);
                    let value = get.query_async(connection).await.expect("a text");
                    vec![(Vec::new(), value)]
                }
                // The set of known accounts, to which each first request of an account adds.
                "set" => Vec::new(),
                _ => {
                    let mut all = redis::cmd("HGETALL");
                    all.arg(&key);
                    all.query_async(connection).await.expect("a hash")
                }
            };
            for (field, value) in fields {
                snapshot.insert((key.clone(), field), value);
            }
        }
        snapshot
    }
}

fn start(redis: &Redis, proxy: &Proxy, auth: &UserEndpoint) -> ServerProcess {
    let variables = [
        ("GNC_REDIS_URL", proxy.url()),
        ("GNC_LOG", "off".to_owned()),
        ("GNC_RATE_LIMIT", "off".to_owned()),
    ];
    let variables = variables
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    ServerProcess::start(redis, auth, &variables)
}
