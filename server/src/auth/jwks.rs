//! The auth server's public keys (RFC 7517), fetched once for all requests that need them.
//!
//! Keys rotate, so a token may name a key that is not known yet; the keys are then fetched at once.
//! Tokens with invented key ids must not cause a request to the auth server each time, so after one
//! key that was not found none is looked for during a while.

use super::client::limited_body;
use super::endpoints::EndpointSource;
use super::key::Key;
use super::validator::Unavailable;
use crate::clock::MonotonicClock;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After a key that the auth server does not have, no unknown key is looked for during this time.
const COOLDOWN: Duration = Duration::from_secs(30);

/// After an unreachable auth server, the next fetch may come sooner.
const RETRY: Duration = Duration::from_secs(5);

/// Keys are fetched again after this time, so that a withdrawn key is dropped.
const MAX_AGE: Duration = Duration::from_mins(10);

type Keys = Arc<Vec<Arc<Key>>>;
type SharedFetch = Shared<BoxFuture<'static, Result<Keys, Unavailable>>>;

pub struct KeySet {
    endpoints: Arc<EndpointSource>,
    http: reqwest::Client,
    clock: MonotonicClock,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    keys: Keys,
    read_at: Option<Instant>,
    /// When a key was last looked for in vain.
    missed_at: Option<Instant>,
    last_fetch: Option<KeyFetch>,
}

/// The last fetch, which may still run.
struct KeyFetch {
    started_at: Instant,
    keys: SharedFetch,
}

impl KeyFetch {
    /// Whether this fetch answers requests of `now`, so that no new one is needed.
    fn is_current(&self, now: Instant) -> bool {
        let rest = match self.keys.peek() {
            None => return true,
            Some(Ok(_)) => return false,
            Some(Err(Unavailable::NoKeys)) => COOLDOWN,
            Some(Err(_)) => RETRY,
        };
        now.duration_since(self.started_at) < rest
    }
}

impl KeySet {
    pub fn new(
        endpoints: Arc<EndpointSource>,
        http: reqwest::Client,
        clock: MonotonicClock,
    ) -> Self {
        Self {
            endpoints,
            http,
            clock,
            state: Arc::default(),
        }
    }

    /// Returns the key with this id, or without an id the only key. `None` if there is no such key.
    pub async fn find(&self, id: Option<&str>) -> Result<Option<Arc<Key>>, Unavailable> {
        let now = self.clock.now();
        let (cached, fetch) = {
            let mut state = lock(&self.state);
            let cached = pick(&state.keys, id);
            let fresh = state
                .read_at
                .is_some_and(|at| now.duration_since(at) < MAX_AGE);
            let missed = state
                .missed_at
                .is_some_and(|at| now.duration_since(at) < COOLDOWN);
            if fresh && (cached.is_some() || missed) {
                return Ok(cached);
            }
            (cached, self.current_fetch(&mut state, now))
        };
        match fetch.await {
            Ok(keys) => {
                let key = pick(&keys, id);
                if key.is_none() {
                    lock(&self.state).missed_at = Some(now);
                }
                Ok(key)
            }
            // Old keys are better than none while the auth server is away.
            Err(_) if cached.is_some() => Ok(cached),
            Err(unavailable) => Err(unavailable),
        }
    }

    pub async fn reachable(&self) -> Result<(), Unavailable> {
        let fetch = {
            let mut state = lock(&self.state);
            if !state.keys.is_empty() {
                return Ok(());
            }
            self.current_fetch(&mut state, self.clock.now())
        };
        fetch.await.map(drop)
    }

    /// Returns the last fetch if it is current, else starts a new one.
    fn current_fetch(&self, state: &mut State, now: Instant) -> SharedFetch {
        if let Some(last_fetch) = state
            .last_fetch
            .as_ref()
            .filter(|last| last.is_current(now))
        {
            return last_fetch.keys.clone();
        }
        let (endpoints, http) = (Arc::clone(&self.endpoints), self.http.clone());
        let shared_state = Arc::clone(&self.state);
        let fetch = async move {
            let keys = Arc::new(fetch(&endpoints, &http).await?);
            let mut state = lock(&shared_state);
            state.keys = Arc::clone(&keys);
            state.read_at = Some(now);
            Ok(keys)
        };
        let fetch = fetch.boxed().shared();
        state.last_fetch = Some(KeyFetch {
            started_at: now,
            keys: fetch.clone(),
        });
        fetch
    }
}

/// No code that panics runs under this lock.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pick(keys: &[Arc<Key>], id: Option<&str>) -> Option<Arc<Key>> {
    match (id, keys) {
        (Some(id), keys) => keys
            .iter()
            .find(|key| key.id.as_deref() == Some(id))
            .cloned(),
        (None, [only]) => Some(Arc::clone(only)),
        (None, _) => None,
    }
}

async fn fetch(
    endpoints: &EndpointSource,
    http: &reqwest::Client,
) -> Result<Vec<Arc<Key>>, Unavailable> {
    let url = endpoints.get().await?.jwks.clone();
    let request = http.get(url.ok_or(Unavailable::NoKeys)?);
    let response = request.send().await.map_err(|_| Unavailable::NoAnswer)?;
    if response.status().is_server_error() {
        return Err(Unavailable::Status(response.status().as_u16()));
    }
    let body = limited_body(response).await?.ok_or(Unavailable::NoKeys)?;
    let keys = read(&body);
    if keys.is_empty() {
        return Err(Unavailable::NoKeys);
    }
    Ok(keys)
}

/// Reads a key set. gn-auth calls the list of keys `jwks` instead of `keys`. Unknown kinds of keys
/// are ignored.
fn read(body: &[u8]) -> Vec<Arc<Key>> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Set {
        keys: Vec<serde_json::Value>,
        jwks: Vec<serde_json::Value>,
    }
    let Set { keys, jwks } = serde_json::from_slice(body).unwrap_or_default();
    keys.into_iter()
        .chain(jwks)
        .filter_map(|key| serde_json::from_value::<Jwk>(key).ok())
        .filter_map(|jwk| Key::read(&jwk).map(Arc::new))
        .collect()
}
