//! Selects the token validator that the configuration names.

use super::cache::CachedValidator;
use super::claims::UserResolver;
use super::client::AuthServerClient;
use super::endpoints::EndpointSource;
use super::introspection::IntrospectionValidator;
use super::jwks::KeySet;
use super::jwt::JwtValidator;
use super::userinfo::UserInfoValidator;
use super::validator::TokenValidator;
use crate::clock::MonotonicClock;
use crate::config::{OauthSettings, Validation};
use std::sync::Arc;

pub fn configured_validator(
    settings: &OauthSettings,
    endpoints: &Arc<EndpointSource>,
    http: &reqwest::Client,
    client: &AuthServerClient,
    clock: &MonotonicClock,
) -> Arc<dyn TokenValidator> {
    let validation = &settings.validation;
    let audience = validation.audience.clone();
    let profiles = UserInfoValidator {
        endpoints: Arc::clone(endpoints),
        http: http.clone(),
        trust: validation.email_trust,
    };
    let user_resolver = |profiles| UserResolver {
        profiles,
        trust: validation.email_trust,
        required_scopes: validation.required_scopes.clone(),
    };
    let inner: Arc<dyn TokenValidator> = match &validation.method {
        Validation::UserInfo => Arc::new(profiles),
        Validation::Jwt {
            issuer,
            accepted_type,
        } => Arc::new(JwtValidator {
            keys: KeySet::new(Arc::clone(endpoints), http.clone(), clock.clone()),
            issuer: issuer.clone(),
            accepted_type: *accepted_type,
            audience,
            user_resolver: user_resolver(profiles),
        }),
        Validation::Introspection => Arc::new(IntrospectionValidator {
            client: client.clone(),
            issuer: settings.issuer.clone(),
            audience,
            user_resolver: user_resolver(profiles),
        }),
    };
    Arc::new(CachedValidator::new(inner, validation.cache))
}
