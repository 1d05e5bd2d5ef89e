//! The auth server's public keys (RFC 7517): fetched when needed, seldom, and by one request for all.
//!
//! Keys rotate: a token may name a key that was not there a moment ago. Whoever sends tokens with
//! made-up key ids must not make us ask the auth server each time.

use super::client::limited_body;
use super::endpoints::EndpointSource;
use super::key::Key;
use super::validator::Unavailable;
use crate::service::clock::Ticker;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An unknown key id asks the auth server at most once in this time.
const COOLDOWN: Duration = Duration::from_secs(30);

/// After no answer at all it may be asked again sooner: nothing was learnt.
const RETRY: Duration = Duration::from_secs(5);

/// Keys are read anew after this time, so that a withdrawn one is forgotten.
const MAX_AGE: Duration = Duration::from_mins(10);

type Keys = Arc<Vec<Arc<Key>>>;
type Outcome = Shared<BoxFuture<'static, Result<Keys, Unavailable>>>;

/// The key set of an auth server.
pub struct KeySet {
    endpoints: Arc<EndpointSource>,
    http: reqwest::Client,
    ticker: Ticker,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    keys: Keys,
    read_at: Option<Instant>,
    attempt: Option<Attempt>,
}

/// The last fetch; it may still be under way.
struct Attempt {
    begun: Instant,
    outcome: Outcome,
}

impl Attempt {
    /// Whether it stands for everybody who asks now.
    fn counts(&self, now: Instant) -> bool {
        let rest = match self.outcome.peek() {
            None => return true,
            Some(Ok(_) | Err(Unavailable::NoKeys)) => COOLDOWN,
            Some(Err(_)) => RETRY,
        };
        now.duration_since(self.begun) < rest
    }
}

impl KeySet {
    /// The keys of the server that `endpoints` finds.
    pub fn new(endpoints: Arc<EndpointSource>, http: reqwest::Client, ticker: Ticker) -> Self {
        Self {
            endpoints,
            http,
            ticker,
            state: Arc::default(),
        }
    }

    /// The key with this id; without an id the only one there is. `None` if there is no such key.
    ///
    /// # Errors
    /// [`Unavailable`] when the keys had to be fetched and could not be.
    pub async fn find(&self, id: Option<&str>) -> Result<Option<Arc<Key>>, Unavailable> {
        let (known, outcome) = {
            let now = self.ticker.now();
            let mut state = lock(&self.state);
            let known = pick(&state.keys, id);
            let fresh = state
                .read_at
                .is_some_and(|at| now.duration_since(at) < MAX_AGE);
            if fresh && known.is_some() {
                return Ok(known);
            }
            (known, self.attempt(&mut state, now))
        };
        match outcome.await {
            Ok(keys) => Ok(pick(&keys, id)),
            // Old keys are better than none while the auth server is away.
            Err(_) if known.is_some() => Ok(known),
            Err(unavailable) => Err(unavailable),
        }
    }

    /// Whether there are keys.
    ///
    /// # Errors
    /// [`Unavailable`] when they cannot be had.
    pub async fn reachable(&self) -> Result<(), Unavailable> {
        let outcome = {
            let mut state = lock(&self.state);
            if !state.keys.is_empty() {
                return Ok(());
            }
            self.attempt(&mut state, self.ticker.now())
        };
        outcome.await.map(drop)
    }

    /// The last fetch if it still counts, else a new one.
    fn attempt(&self, state: &mut State, now: Instant) -> Outcome {
        if let Some(attempt) = state.attempt.as_ref().filter(|last| last.counts(now)) {
            return attempt.outcome.clone();
        }
        let (endpoints, http) = (Arc::clone(&self.endpoints), self.http.clone());
        let state_then = Arc::clone(&self.state);
        let fetch = async move {
            let keys = Arc::new(fetch(&endpoints, &http).await?);
            let mut state = lock(&state_then);
            state.keys = Arc::clone(&keys);
            state.read_at = Some(now);
            Ok(keys)
        };
        let outcome = fetch.boxed().shared();
        state.attempt = Some(Attempt {
            begun: now,
            outcome: outcome.clone(),
        });
        outcome
    }
}

/// Nothing that panics runs under this lock.
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
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<serde_json::Value>,
    }
    let url = endpoints.get().await?.jwks.clone();
    let request = http.get(url.ok_or(Unavailable::NoKeys)?);
    let answer = request.send().await.map_err(|_| Unavailable::NoAnswer)?;
    if answer.status().is_server_error() {
        return Err(Unavailable::Status(answer.status().as_u16()));
    }
    let body = limited_body(answer).await?.ok_or(Unavailable::NoKeys)?;
    let set: Set = serde_json::from_slice(&body).map_err(|_| Unavailable::NoKeys)?;
    // One key of a kind that is not known here does not make the others useless.
    let keys: Vec<Arc<Key>> = set
        .keys
        .into_iter()
        .filter_map(|key| serde_json::from_value::<Jwk>(key).ok())
        .filter_map(|jwk| Key::read(&jwk).map(Arc::new))
        .collect();
    if keys.is_empty() {
        return Err(Unavailable::NoKeys);
    }
    Ok(keys)
}
