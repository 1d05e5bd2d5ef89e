//! What handlers ask for: the person who is signed in.

use super::token::{BearerToken, NoToken};
use super::user::VerifiedUser;
use super::validator::AuthError;
use crate::error::ApiError;
use crate::limits::{Standing, Standings};
use crate::middleware::Asker;
use crate::state::AppState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::ops::Deref;

/// A handler with this argument runs only for a token that the auth server accepts.
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
        if let Some(asker) = parts.extensions.get::<Asker>() {
            asker.is(user.user_id);
        }
        match state.limits.count_user(user.user_id) {
            Ok(standing) => note(parts, standing),
            Err(exhausted) => {
                note(parts, Some(exhausted.standing));
                return Err(ApiError::RateLimited(exhausted));
            }
        }
        Ok(Self(user))
    }
}

fn note(parts: &Parts, standing: Option<Standing>) {
    if let (Some(standings), Some(standing)) = (parts.extensions.get::<Standings>(), standing) {
        standings.note(standing);
    }
}
