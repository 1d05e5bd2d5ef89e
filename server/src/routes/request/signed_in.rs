//! Extracts the person who is signed in.

use crate::auth::token::{BearerToken, NoToken};
use crate::auth::{AuthError, VerifiedUser};
use crate::error::ApiError;
use crate::limits::{RateLimitStatus, RateLimitStatuses, RequestPermit};
use crate::middleware::AuditActor;
use crate::state::AppState;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use std::ops::Deref;

/// A handler with this argument runs only for a valid token.
pub struct SignedIn(VerifiedUser);

impl Deref for SignedIn {
    type Target = VerifiedUser;

    fn deref(&self) -> &VerifiedUser {
        &self.0
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let token = BearerToken::from_headers(&parts.headers).map_err(|missing| match missing {
            NoToken::Absent => ApiError::NoToken,
            NoToken::Malformed => ApiError::Auth(AuthError::Rejected),
        })?;
        let user = state.validator.validate(&token).await?.user;
        if let Some(actor) = parts.extensions.get::<AuditActor>() {
            actor.set(user.user_id);
        }
        match state.limits.count_user(user.user_id) {
            Ok(status) => note(parts, status),
            Err(exceeded) => {
                note(parts, Some(exceeded.status));
                return Err(ApiError::RateLimited(exceeded));
            }
        }
        if let Some(permit) = parts.extensions.get::<RequestPermit>() {
            state.answers.wait_for_permit(permit, user.user_id).await?;
        }
        let memory = &state.account_memory;
        memory.remember(&state.store, user.user_id).await;
        Ok(Self(user))
    }
}

impl OptionalFromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    /// A present token must be valid.
    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Option<Self>, ApiError> {
        let user = <Self as FromRequestParts<AppState>>::from_request_parts(parts, state);
        match user.await {
            Ok(user) => Ok(Some(user)),
            Err(ApiError::NoToken) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn note(parts: &Parts, status: Option<RateLimitStatus>) {
    if let (Some(statuses), Some(status)) = (parts.extensions.get::<RateLimitStatuses>(), status) {
        statuses.add(status);
    }
}
