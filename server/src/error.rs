//! Converts domain errors to problem+json responses.
//!
//! An [`ApiError`] becomes a response with an empty body and a [`ProblemResponse`] as extension.
//! The `problem` middleware, which knows the request id, writes the body and logs the error once.
//!
//! - [`mod@detail`]: the texts for people

mod detail;

use crate::auth::{AuthError, MediationError};
use crate::limits::{RateLimitExceeded, TooManyAnswers, TooManyLargeBodies};
use crate::readiness::Conditions;
use crate::service::{ClaimError, CollectionError, TransferError, UndoError};
use crate::store::StoreError;
use axum::response::{IntoResponse, Response};
use detail::detail;
use http::{HeaderValue, StatusCode, header};
use shared::api::Plan;
use shared::edit::CannotRestore;
use shared::problem::{FieldError, Slug};
use shared::transfer::undo::CannotUndo;
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("no token")]
    NoToken,
    #[error(transparent)]
    Auth(#[from] AuthError),
    #[error(transparent)]
    Mediation(#[from] MediationError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error(transparent)]
    Claim(#[from] ClaimError),
    #[error(transparent)]
    Undo(#[from] UndoError),
    #[error(transparent)]
    Collection(#[from] CollectionError),
    #[error("the request is not valid")]
    Request { slug: Slug, errors: Vec<FieldError> },
    #[error("too many requests of one {}", .0.status.name)]
    RateLimited(RateLimitExceeded),
    #[error("there are too many large bodies at once")]
    LargeBodies,
    #[error("the user does not read the answers, or asks too much at once")]
    UnreadAnswers,
    #[error("not ready: {0:?}")]
    NotReady(Conditions),
    #[error("a handler panicked")]
    Panic,
}

/// A problem body without its request id.
#[derive(Clone)]
pub struct ProblemResponse {
    pub slug: Slug,
    /// A text for people: the event and the next step.
    pub detail: &'static str,
    /// The current plan, if the request had a stale one.
    pub plan: Option<Box<Plan>>,
    /// Seconds until the request may be repeated.
    pub retry_after: Option<u64>,
    pub errors: Vec<FieldError>,
    /// The error itself, for the log.
    pub cause: Arc<ApiError>,
}

impl ApiError {
    /// An invalid request with a single error.
    pub fn request(slug: Slug, path: &str, reason: impl Into<String>) -> Self {
        let errors = vec![FieldError {
            path: path.to_owned(),
            reason: reason.into(),
        }];
        Self::Request { slug, errors }
    }

    pub fn slug(&self) -> Slug {
        match self {
            Self::NoToken | Self::Auth(AuthError::Rejected) => Slug::Unauthenticated,
            Self::Auth(AuthError::Expired) => Slug::TokenExpired,
            Self::Auth(AuthError::InsufficientScope) => Slug::InsufficientScope,
            Self::Auth(AuthError::Unavailable(_)) => Slug::AuthServerUnavailable,
            Self::Mediation(error) => match error {
                MediationError::NotMediated => Slug::NotFound,
                MediationError::ForeignOrigin => Slug::MalformedRequest,
                MediationError::RedirectUriMismatch | MediationError::InvalidVerifier => {
                    Slug::InvalidRequest
                }
                MediationError::GrantRefused => Slug::Unauthenticated,
                MediationError::ClientRefused | MediationError::Unavailable(_) => {
                    Slug::AuthServerUnavailable
                }
            },
            Self::Store(error) => store_slug(error),
            Self::Request { slug, .. } => *slug,
            Self::RateLimited(_) | Self::LargeBodies | Self::UnreadAnswers => Slug::RateLimited,
            Self::NotReady(conditions) if conditions.is_store_ready() => {
                Slug::AuthServerUnavailable
            }
            Self::NotReady(_) => Slug::StoreUnavailable,
            Self::Panic => Slug::Internal,
            Self::Collection(error) => match error {
                CollectionError::Store(error) => store_slug(error),
                CollectionError::Contended => Slug::StoreUnavailable,
                CollectionError::Unreadable(_) => Slug::ListUnreadable,
                CollectionError::NotFound => Slug::NotFound,
                CollectionError::Changed => Slug::PreconditionFailed,
                CollectionError::Invalid(_) => Slug::InvalidRequest,
            },
            Self::Transfer(error) => transfer_slug(error),
            Self::Claim(error) => claim_slug(error),
            Self::Undo(error) => match error {
                UndoError::Transfer(error) => transfer_slug(error),
                UndoError::NotFound => Slug::NotFound,
                UndoError::NotUndoable(_) | UndoError::Cannot(CannotUndo::AllTouched) => {
                    Slug::InvalidRequest
                }
                UndoError::Cannot(CannotUndo::TargetUnreadable)
                | UndoError::CannotRestore(CannotRestore::Unreadable(_)) => Slug::ListUnreadable,
                UndoError::CannotRestore(CannotRestore::Damaged) => Slug::Internal,
                UndoError::Contended => Slug::StoreUnavailable,
            },
        }
    }

    fn errors(&self) -> Vec<FieldError> {
        match self {
            Self::Request { errors, .. } => errors.clone(),
            Self::Transfer(TransferError::InvalidChoices(choices)) => choices
                .iter()
                .map(|choice| FieldError {
                    path: choice.path(),
                    reason: choice.to_string(),
                })
                .collect(),
            Self::Collection(CollectionError::Invalid(invalid)) => invalid
                .iter()
                .map(|invalid| FieldError {
                    path: invalid.path.clone(),
                    reason: invalid.reason.to_owned(),
                })
                .collect(),
            Self::Mediation(error @ MediationError::ForeignOrigin) => vec![FieldError {
                path: "Origin".to_owned(),
                reason: error.to_string(),
            }],
            Self::Mediation(error @ MediationError::RedirectUriMismatch) => vec![FieldError {
                path: "redirect_uri".to_owned(),
                reason: error.to_string(),
            }],
            Self::Mediation(error @ MediationError::InvalidVerifier) => vec![FieldError {
                path: "code_verifier".to_owned(),
                reason: error.to_string(),
            }],
            Self::Claim(ClaimError::Invalid { field, reason }) => vec![FieldError {
                path: (*field).to_owned(),
                reason: (*reason).to_owned(),
            }],
            Self::Undo(error) if self.slug() == Slug::InvalidRequest => vec![FieldError {
                path: "id".to_owned(),
                reason: error.to_string(),
            }],
            _ => Vec::new(),
        }
    }

    fn plan(&self) -> Option<Box<Plan>> {
        match self {
            Self::Transfer(TransferError::StalePlan(plan)) => Some(plan.clone()),
            _ => None,
        }
    }
}

impl From<TooManyLargeBodies> for ApiError {
    fn from(_: TooManyLargeBodies) -> Self {
        Self::LargeBodies
    }
}

impl From<TooManyAnswers> for ApiError {
    fn from(_: TooManyAnswers) -> Self {
        Self::UnreadAnswers
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let slug = self.slug();
        let status =
            StatusCode::from_u16(slug.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        let challenge = match slug {
            Slug::Unauthenticated if matches!(self, Self::NoToken) => Some("Bearer"),
            Slug::Unauthenticated | Slug::TokenExpired => Some("Bearer error=\"invalid_token\""),
            Slug::InsufficientScope => Some("Bearer error=\"insufficient_scope\""),
            _ => None,
        };
        let retry_after = match &self {
            Self::RateLimited(exceeded) => Some(exceeded.retry_after),
            Self::Claim(ClaimError::TooManyAttempts { seconds }) => Some(*seconds),
            Self::Claim(ClaimError::Busy) | Self::LargeBodies | Self::UnreadAnswers => Some(1),
            _ if slug == Slug::IdempotencyInProgress => Some(1),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = challenge {
            let challenge = HeaderValue::from_static(challenge);
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(ProblemResponse {
            slug,
            detail: detail(slug),
            plan: self.plan(),
            retry_after,
            errors: self.errors(),
            cause: Arc::new(self),
        });
        response
    }
}

fn store_slug(error: &StoreError) -> Slug {
    match error {
        StoreError::ListTooLarge => Slug::ListTooLarge,
        StoreError::QuotaExceeded => Slug::QuotaExceeded,
        _ => Slug::StoreUnavailable,
    }
}

fn transfer_slug(error: &TransferError) -> Slug {
    match error {
        TransferError::Store(error) => store_slug(error),
        TransferError::EmailNotVerified => Slug::EmailNotVerified,
        TransferError::TargetUnreadable(_) => Slug::ListUnreadable,
        TransferError::StalePlan(_) => Slug::StalePlan,
        TransferError::InvalidChoices(_) => Slug::InvalidRequest,
        TransferError::KeyReused => Slug::IdempotencyKeyReused,
        TransferError::InProgress => Slug::IdempotencyInProgress,
        TransferError::ReceiptGone => Slug::Internal,
    }
}

fn claim_slug(error: &ClaimError) -> Slug {
    match error {
        ClaimError::Store(error) => store_slug(error),
        ClaimError::EmailNotVerified => Slug::EmailNotVerified,
        ClaimError::Invalid { .. } => Slug::InvalidRequest,
        ClaimError::Busy => Slug::RateLimited,
        ClaimError::TooManyAttempts { .. } => Slug::TooManyAttempts,
        ClaimError::Refused { .. } => Slug::ClaimRefused,
    }
}
