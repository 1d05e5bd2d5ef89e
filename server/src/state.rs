//! What handlers share.

use crate::auth::choose;
use crate::auth::client::AuthServerClient;
use crate::auth::endpoints::EndpointSource;
use crate::auth::mediated::Mediator;
use crate::auth::userinfo;
use crate::auth::{MediationError, TokenValidator};
use crate::config::{Config, Mode};
use crate::limits::Limits;
use crate::routes::page::Page;
use crate::service::Running;
use crate::service::clock::Ticker;
use crate::service::plans::Plans;
use crate::service::turns::Turns;
use crate::store::Store;
use axum::extract::FromRef;
use http::HeaderValue;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Handles to everything a handler may need; cheap to clone, as each request does several times.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What [`AppState`] is a handle to.
pub struct Shared {
    /// The configuration.
    pub config: Arc<Config>,
    /// Redis.
    pub store: Store,
    /// Edits of one account come one after the other.
    pub turns: Arc<Turns<Uuid>>,
    /// Requests that have their effect once, while they run.
    pub running: Arc<Running>,
    /// Whose token it is.
    pub validator: Arc<dyn TokenValidator>,
    /// Where the auth server is.
    pub endpoints: Arc<EndpointSource>,
    /// Sign-in by our server; `None` in direct mode.
    pub mediator: Option<Arc<Mediator>>,
    /// How often one address, and one user, may ask.
    pub limits: Arc<Limits>,
    /// The page.
    pub page: Arc<Page>,
    /// Plans that were made lately.
    pub plans: Plans,
    /// The content security policy, before and after the auth server's endpoints are known.
    pub policies: [OnceLock<HeaderValue>; 2],
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The page's files cannot be read.
    #[error(
        "GNC_STATIC_DIR: index.html cannot be read ({0}); build the page with `cargo xtask page`"
    )]
    Page(std::io::Error),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
    /// The Redis client cannot be set up.
    #[error("GNC_REDIS_URL: {0}; set it to GeneNetwork's Redis, e.g. redis://127.0.0.1:6379/0")]
    Store(#[from] crate::store::StoreError),
}

impl AppState {
    /// Prepares everything. Neither Redis nor the auth server need to be up yet.
    ///
    /// # Errors
    /// [`StateError`] when something on this machine is missing.
    pub fn new(config: Config) -> Result<Self, StateError> {
        Self::by_clock(config, &Ticker::system())
    }

    /// The same by another clock, which decides what is due again.
    ///
    /// # Errors
    /// As [`AppState::new`].
    pub fn by_clock(config: Config, ticker: &Ticker) -> Result<Self, StateError> {
        let http = userinfo::http_client()?;
        let endpoints = Arc::new(EndpointSource::new(config.oauth.clone(), http.clone()));
        let client = AuthServerClient::new(
            Arc::clone(&endpoints),
            http.clone(),
            config.oauth.client.clone(),
        );
        let validator = choose::validator(&config.oauth, &endpoints, &http, &client, ticker);
        let mediator = match &config.oauth.mode {
            Mode::Direct => None,
            Mode::Mediated(mediation) => Some(Arc::new(Mediator::new(
                client,
                Arc::clone(&validator),
                mediation,
                &config.http.public_url,
                config.oauth.redirect_uri.clone(),
            ))),
        };
        Ok(Self(Arc::new(Shared {
            store: Store::new(&config.store)?.with_legacy_index(),
            turns: Arc::default(),
            running: Arc::default(),
            validator,
            mediator,
            endpoints,
            limits: Arc::new(Limits::new(&config.limits, ticker)),
            page: Arc::new(Page::read(&config.http.static_dir).map_err(StateError::Page)?),
            plans: Plans::new(config.limits.plan_cache),
            config: Arc::new(config),
            policies: Default::default(),
        })))
    }
}

impl AppState {
    /// What mediates the sign-in.
    ///
    /// # Errors
    /// In direct mode.
    pub fn mediator(&self) -> Result<&Mediator, MediationError> {
        self.mediator.as_deref().ok_or(MediationError::NotMediated)
    }
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Self {
        state.store.clone()
    }
}
