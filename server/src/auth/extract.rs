//! What handlers ask for: the person who is signed in.

use super::token::{BearerToken, NoToken};
use super::user::VerifiedUser;
use super::validator::AuthError;
use crate::error::ApiError;
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
        Ok(Self(state.validator.validate(&token).await?.user))
    }
}
