//! The validator that the configuration names.

use super::cache::Cached;
use super::claims::Completion;
use super::client::AuthServerClient;
use super::endpoints::EndpointSource;
use super::introspection::Introspection;
use super::jwks::KeySet;
use super::jwt::Jwt;
use super::userinfo::UserInfo;
use super::validator::TokenValidator;
use crate::config::{OauthSettings, Validation};
use crate::service::clock::Ticker;
use std::sync::Arc;

/// The validator of these settings, with the cache before it.
pub fn validator(
    settings: &OauthSettings,
    endpoints: &Arc<EndpointSource>,
    http: &reqwest::Client,
    client: &AuthServerClient,
    ticker: &Ticker,
) -> Arc<dyn TokenValidator> {
    let validation = &settings.validation;
    let trust = validation.email_trust;
    let profiles = UserInfo::new(Arc::clone(endpoints), http.clone(), trust);
    let inner: Arc<dyn TokenValidator> = match &validation.method {
        Validation::UserInfo => Arc::new(profiles),
        Validation::Jwt { issuer } => Arc::new(Jwt::new(
            KeySet::new(Arc::clone(endpoints), http.clone(), ticker.clone()),
            issuer.clone(),
            validation.audience.clone(),
            Completion::new(profiles, validation),
        )),
        Validation::Introspection => Arc::new(Introspection::new(
            client.clone(),
            validation.audience.clone(),
            Completion::new(profiles, validation),
        )),
    };
    Arc::new(Cached::new(inner, validation.cache))
}
