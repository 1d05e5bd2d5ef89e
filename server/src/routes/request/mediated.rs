//! Accepts requests only where this server signs people in.

use crate::auth::MediationError;
use crate::auth::mediated::Mediator;
use crate::error::ApiError;
use crate::state::AppState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::sync::Arc;

/// A handler with this argument runs only in the mediated mode; otherwise no body is read.
pub struct Mediated(pub Arc<Mediator>);

impl FromRequestParts<AppState> for Mediated {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let mediator = state.mediator.clone();
        let mediator = mediator.ok_or(MediationError::NotMediated)?;
        Ok(Self(mediator))
    }
}
