//! Redis, the proxy, and the server as a process of its own.

use crate::harness::{Person, Proxy, Redis, Serving, UserEndpoint, bearer, people};
use http::{Method, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// Everything that runs for these tests.
pub(crate) struct Stage {
    pub(crate) redis: Redis,
    pub(crate) proxy: Proxy,
    pub(crate) server: Serving,
    pub(crate) person: Person,
    auth: UserEndpoint,
    client: reqwest::Client,
    large: bool,
    worlds: AtomicUsize,
}

/// Everything Redis holds, whatever it is: key and field to value.
pub(crate) type Snapshot = BTreeMap<(String, Vec<u8>), Vec<u8>>;

/// A request, ready to be sent again and again.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
}

impl Stage {
    /// Starts everything; with `large`, every list is taken for a large one.
    pub(crate) async fn set(large: bool) -> Self {
        let person = people().remove(0);
        let auth = UserEndpoint::start(std::slice::from_ref(&person)).await;
        let redis = Redis::start();
        let proxy = Proxy::start(redis.port()).await;
        let server = start(&redis, &proxy, &auth, large);
        let client = reqwest::Client::new();
        Self {
            redis,
            proxy,
            server,
            person,
            auth,
            client,
            large,
            worlds: AtomicUsize::new(0),
        }
    }

    /// Whether every list is taken for a large one.
    pub(crate) fn is_large(&self) -> bool {
        self.large
    }

    /// Sends a request as the person; `None` when no whole answer comes.
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

    /// Waits, by asking, until the server can work.
    pub(crate) async fn ready(&self) {
        let started = Instant::now();
        let ready = Call {
            path: "/readyz".to_owned(),
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

    /// The server is gone; another one takes its place.
    pub(crate) fn replace_server(&mut self) {
        self.server.is_gone();
        self.server = start(&self.redis, &self.proxy, &self.auth, self.large);
    }

    /// Redis is gone, and started again on what it had written.
    pub(crate) fn restart_redis(&mut self) {
        self.redis.crash();
        self.redis.restart();
    }

    /// How many strangers the next world has, so that its number of accounts is that of none of the worlds just
    /// before: by the number the server knows that its index is of another one.
    pub(crate) fn strangers(&self) -> usize {
        self.worlds.fetch_add(1, Ordering::Relaxed) % 16 * 3
    }

    /// Empties Redis.
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

    /// Everything Redis holds now.
    pub(crate) async fn snapshot(&self) -> Snapshot {
        let connection = &mut self.redis.connect().await;
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*")
            .query_async(connection)
            .await
            .expect("keys");
        let mut snapshot = Snapshot::new();
        for key in keys {
            let kind: String = redis::cmd("TYPE")
                .arg(&key)
                .query_async(connection)
                .await
                .expect("a type");
            let fields: Vec<(Vec<u8>, Vec<u8>)> = if kind == "stream" {
                let mut range = redis::cmd("XRANGE");
                range.arg(&key).arg("-").arg("+");
                let entries: Vec<(Vec<u8>, Vec<Vec<u8>>)> =
                    range.query_async(connection).await.expect("a stream");
                entries
                    .into_iter()
                    .map(|(id, texts)| (id, texts.join(&b' ')))
                    .collect()
            } else if kind == "string" {
                let mut get = redis::cmd("GET");
                get.arg(&key);
                let value = get.query_async(connection).await.expect("a text");
                vec![(Vec::new(), value)]
            } else {
                let mut all = redis::cmd("HGETALL");
                all.arg(&key);
                all.query_async(connection).await.expect("a hash")
            };
            for (field, value) in fields {
                snapshot.insert((key.clone(), field), value);
            }
        }
        snapshot
    }
}

fn start(redis: &Redis, proxy: &Proxy, auth: &UserEndpoint, large: bool) -> Serving {
    let variables = [
        ("GNC_REDIS_URL", proxy.url()),
        ("GNC_LOG", "off".to_owned()),
        ("GNC_RATE_LIMIT", "off".to_owned()),
        (
            "GNC_LARGE_LIST",
            if large { "1" } else { "131072" }.to_owned(),
        ),
    ];
    let variables = variables
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Serving::start(redis, auth, &variables)
}
