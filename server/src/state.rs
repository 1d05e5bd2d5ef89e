//! The state that all handlers share.

use crate::auth::TokenValidator;
use crate::auth::choose;
use crate::auth::client::AuthServerClient;
use crate::auth::endpoints::EndpointSource;
use crate::auth::mediated::Mediator;
use crate::auth::userinfo;
use crate::clock::{MonotonicClock, WallClock};
use crate::config::{Config, Mode};
use crate::limits::{AnswerBudget, BodyBudget, Limits};
use crate::page::Page;
use crate::readiness::Readiness;
use crate::service::access_audit::RecentLooks;
use crate::service::account_memory::AccountMemory;
use crate::service::idempotency::RequestMutex;
use crate::service::keyed_mutex::KeyedMutex;
use crate::service::password_check::PasswordChecker;
use crate::service::plan_cache::PlanCache;
use crate::store::Store;
use axum::extract::FromRef;
use http::HeaderValue;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Handles to everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<SharedState>);

impl Deref for AppState {
    type Target = SharedState;

    fn deref(&self) -> &SharedState {
        &self.0
    }
}

pub struct SharedState {
    pub config: Arc<Config>,
    pub store: Store,
    /// Edits of one account run one after the other.
    pub account_mutex: KeyedMutex<Uuid>,
    /// Requests with one idempotency key run one after the other.
    pub request_mutex: RequestMutex,
    pub password_checker: PasswordChecker,
    pub validator: Arc<dyn TokenValidator>,
    pub readiness: Readiness,
    pub account_memory: AccountMemory,
    pub endpoints: Arc<EndpointSource>,
    /// `None` in direct mode.
    pub mediator: Option<Arc<Mediator>>,
    pub limits: Arc<Limits>,
    pub bodies: BodyBudget,
    /// The memory for traits that other pages submit. Anybody can send these, so they have a part
    /// of their own.
    pub submissions: BodyBudget,
    pub answers: AnswerBudget,
    pub page: Arc<Page>,
    pub plan_cache: PlanCache,
    pub recent_looks: RecentLooks,
    /// The content security policy before and after the auth server's endpoints are known.
    pub policies: [OnceLock<HeaderValue>; 2],
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error(
        "GNC_STATIC_DIR: index.html cannot be read ({0}); build the page with `cargo xtask page`"
    )]
    Page(std::io::Error),
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
    #[error("GNC_REDIS_URL: {0}; set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0")]
    Store(#[from] crate::store::StoreError),
}

impl AppState {
    /// Prepares everything. Neither Redis nor the auth server need to be up yet.
    pub fn new(config: Config) -> Result<Self, StateError> {
        Self::with_clocks(config, &MonotonicClock::system(), WallClock::system())
    }

    /// Prepares everything with another clock, which tests control.
    pub fn with_clock(config: Config, clock: &MonotonicClock) -> Result<Self, StateError> {
        Self::with_clocks(config, clock, WallClock::following(clock))
    }

    fn with_clocks(
        config: Config,
        clock: &MonotonicClock,
        wall_clock: WallClock,
    ) -> Result<Self, StateError> {
        let http = userinfo::http_client()?;
        let endpoints = Arc::new(EndpointSource::new(
            config.oauth.clone(),
            http.clone(),
            clock.clone(),
        ));
        let client = AuthServerClient {
            endpoints: Arc::clone(&endpoints),
            http: http.clone(),
            settings: config.oauth.client.clone(),
        };
        let validator =
            choose::configured_validator(&config.oauth, &endpoints, &http, &client, clock);
        let mediator = match &config.oauth.mode {
            Mode::Direct => None,
            Mode::Mediated(mediation) => Some(Arc::new(Mediator::new(
                client,
                Arc::clone(&validator),
                mediation,
                &config.http.public_url,
                config.oauth.redirect_uri.clone(),
                wall_clock,
            ))),
        };
        let store = Store::new(&config.store)?.with_legacy_index();
        Ok(Self(Arc::new(SharedState {
            readiness: Readiness::new(store.clone(), Arc::clone(&validator), clock),
            store,
            account_mutex: KeyedMutex::default(),
            request_mutex: RequestMutex::default(),
            password_checker: PasswordChecker::default(),
            validator,
            account_memory: AccountMemory::default(),
            mediator,
            endpoints,
            limits: Arc::new(Limits::new(&config.limits, clock)),
            bodies: BodyBudget::new(config.limits.body_budget),
            submissions: BodyBudget::new(config.limits.body_budget / 4),
            answers: AnswerBudget::new(config.limits.answer_budget),
            page: Arc::new(Page::read(&config.http.static_dir).map_err(StateError::Page)?),
            plan_cache: PlanCache::new(config.limits.plan_cache),
            recent_looks: RecentLooks::default(),
            config: Arc::new(config),
            policies: Default::default(),
        })))
    }
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Self {
        state.store.clone()
    }
}
