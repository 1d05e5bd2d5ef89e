//! Whether requests can be served, for `/readyz`.
//!
//! Anyone may call `/readyz`, as often as they like. Redis hears of it at most once a second, and
//! the auth server at most once in two.

use crate::auth::TokenValidator;
use crate::auth::validator::Unavailable;
use crate::clock::MonotonicClock;
use crate::rate_limited_query::RateLimitedQuery;
use crate::store::{Store, StoreCondition};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

const REDIS_INTERVAL: Duration = Duration::from_secs(1);
const AUTH_SERVER_INTERVAL: Duration = Duration::from_secs(2);

pub struct Readiness {
    store: Store,
    validator: Arc<dyn TokenValidator>,
    redis: RateLimitedQuery<StoreCondition>,
    auth_server: RateLimitedQuery<Result<(), Unavailable>>,
}

/// The condition of everything that requests need.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Conditions {
    pub redis: StoreCondition,
    pub index: IndexCondition,
    pub auth_server: AuthServerCondition,
}

/// The condition of the index of legacy accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndexCondition {
    Ok,
    /// The legacy accounts are being read for the first time.
    Warming,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuthServerCondition {
    Ok,
    Unavailable,
}

impl Readiness {
    pub fn new(store: Store, validator: Arc<dyn TokenValidator>, clock: &MonotonicClock) -> Self {
        Self {
            store,
            validator,
            redis: RateLimitedQuery::new(REDIS_INTERVAL, clock.clone()),
            auth_server: RateLimitedQuery::new(AUTH_SERVER_INTERVAL, clock.clone()),
        }
    }

    pub async fn check(&self) -> Conditions {
        let (store, validator) = (self.store.clone(), Arc::clone(&self.validator));
        let redis = self.redis.get(async move { store.condition().await });
        let auth_server = self
            .auth_server
            .get(async move { validator.reachable().await });
        let (redis, auth_server) = tokio::join!(redis, auth_server);
        Conditions {
            redis,
            index: if self.store.is_indexed() {
                IndexCondition::Ok
            } else {
                IndexCondition::Warming
            },
            auth_server: match auth_server {
                Ok(()) => AuthServerCondition::Ok,
                Err(_) => AuthServerCondition::Unavailable,
            },
        }
    }
}

impl Conditions {
    /// Whether collections can be read and changed.
    pub fn is_store_ready(&self) -> bool {
        self.redis == StoreCondition::Ok && self.index == IndexCondition::Ok
    }

    pub fn is_ready(&self) -> bool {
        self.is_store_ready() && self.auth_server == AuthServerCondition::Ok
    }
}
