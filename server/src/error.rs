//! From domain errors to problem+json: the one adapter.
//!
//! An [`ApiError`] becomes a response with an empty body that carries a [`Draft`] as extension; the
//! `problem` middleware writes the body, because only there the request id is known, and logs it once.

use crate::auth::{AuthError, MediationError};
use crate::limits::Exhausted;
use crate::service::{CollectionError, TransferError, UndoError};
use crate::store::StoreError;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use shared::api::Plan;
use shared::edit::delete::CannotPutBack;
use shared::problem::{FieldError, Slug};
use shared::transfer::undo::CannotUndo;
use std::sync::Arc;

/// Everything that can go wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No token was presented.
    #[error("no token")]
    NoToken,
    /// The presented token gives access to nothing.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// A mediated sign-in failed.
    #[error(transparent)]
    Mediation(#[from] MediationError),
    /// Redis failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A transfer was refused.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// A transfer cannot be taken back.
    #[error(transparent)]
    Undo(#[from] UndoError),
    /// A collection cannot be shown or changed.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The request is not one: a header or the body.
    #[error("the request is not valid")]
    Request {
        /// Which kind of problem it is.
        slug: Slug,
        /// What is wrong, where that can be said.
        errors: Vec<FieldError>,
    },
    /// Too many requests of one address or user.
    #[error("too many requests of one {}", .0.standing.name)]
    RateLimited(Exhausted),
    /// A handler panicked.
    #[error("a handler panicked")]
    Panic,
}

/// A problem body without its request id.
#[derive(Clone)]
pub struct Draft {
    /// The kind of problem.
    pub slug: Slug,
    /// What happened and what to do next, for people.
    pub detail: &'static str,
    /// The fresh plan of a stale one.
    pub plan: Option<Box<Plan>>,
    /// What is wrong with the request.
    pub errors: Vec<FieldError>,
    /// The error itself, for the log.
    pub cause: Arc<ApiError>,
}

impl ApiError {
    /// A request that breaks the contract in one place.
    pub fn request(slug: Slug, path: &str, reason: impl Into<String>) -> Self {
        let errors = vec![FieldError {
            path: path.to_owned(),
            reason: reason.into(),
        }];
        Self::Request { slug, errors }
    }

    /// The kind of problem this is to the outside.
    pub fn slug(&self) -> Slug {
        match self {
            Self::NoToken | Self::Auth(AuthError::Rejected) => Slug::Unauthenticated,
            Self::Auth(AuthError::Expired) => Slug::TokenExpired,
            Self::Auth(AuthError::InsufficientScope) => Slug::InsufficientScope,
            Self::Auth(AuthError::Unavailable(_)) => Slug::AuthServerUnavailable,
            Self::Mediation(error) => match error {
                MediationError::NotMediated => Slug::NotFound,
                MediationError::OtherOrigin => Slug::MalformedRequest,
                MediationError::OtherRedirectUri => Slug::InvalidRequest,
                MediationError::Refused => Slug::Unauthenticated,
                MediationError::ClientRefused | MediationError::Unavailable(_) => {
                    Slug::AuthServerUnavailable
                }
            },
            Self::Store(_) => Slug::StoreUnavailable,
            Self::Request { slug, .. } => *slug,
            Self::RateLimited(_) => Slug::RateLimited,
            Self::Panic => Slug::Internal,
            Self::Collection(error) => match error {
                CollectionError::Store(_) | CollectionError::Contended => Slug::StoreUnavailable,
                CollectionError::Unreadable(_) => Slug::ListUnreadable,
                CollectionError::NotFound => Slug::NotFound,
                CollectionError::Changed => Slug::PreconditionFailed,
                CollectionError::Invalid(_) => Slug::InvalidRequest,
            },
            Self::Transfer(error) => transfer_slug(error),
            Self::Undo(error) => match error {
                UndoError::Transfer(error) => transfer_slug(error),
                UndoError::NotFound => Slug::NotFound,
                UndoError::NotUndoable(_) | UndoError::Cannot(CannotUndo::AllTouched) => {
                    Slug::InvalidRequest
                }
                UndoError::Cannot(CannotUndo::TargetUnreadable)
                | UndoError::CannotPutBack(CannotPutBack::Unreadable(_)) => Slug::ListUnreadable,
                UndoError::CannotPutBack(CannotPutBack::Damaged) => Slug::Internal,
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
            Self::Mediation(error @ MediationError::OtherOrigin) => vec![FieldError {
                path: "Origin".to_owned(),
                reason: error.to_string(),
            }],
            Self::Mediation(error @ MediationError::OtherRedirectUri) => vec![FieldError {
                path: "redirect_uri".to_owned(),
                reason: error.to_string(),
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
            Self::RateLimited(exhausted) => Some(HeaderValue::from(exhausted.retry_after)),
            _ if slug == Slug::IdempotencyInProgress => Some(HeaderValue::from_static("1")),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if let Some(challenge) = challenge {
            let challenge = HeaderValue::from_static(challenge);
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(Draft {
            slug,
            detail: detail(slug),
            plan: self.plan(),
            errors: self.errors(),
            cause: Arc::new(self),
        });
        response
    }
}

fn transfer_slug(error: &TransferError) -> Slug {
    match error {
        TransferError::Store(_) => Slug::StoreUnavailable,
        TransferError::EmailNotVerified => Slug::EmailNotVerified,
        TransferError::TargetUnreadable(_) => Slug::ListUnreadable,
        TransferError::StalePlan(_) => Slug::StalePlan,
        TransferError::InvalidChoices(_) => Slug::InvalidRequest,
        TransferError::KeyReused => Slug::IdempotencyKeyReused,
        TransferError::InProgress => Slug::IdempotencyInProgress,
        TransferError::ReceiptGone => Slug::Internal,
    }
}

/// What happened, that nothing was lost, and what to do next.
fn detail(slug: Slug) -> &'static str {
    match slug {
        Slug::Unauthenticated => {
            "This needs a signed-in account. Sign in and try again; nothing was changed."
        }
        Slug::TokenExpired => "Your sign-in has expired. Sign in again; nothing was changed.",
        Slug::InsufficientScope => {
            "Your sign-in does not cover this. Sign out and in again; nothing was changed."
        }
        Slug::EmailNotVerified => {
            "Earlier collections are looked up only for a verified e-mail address. Verify yours, then sign in again."
        }
        Slug::NotFound => "There is nothing here, or it is not yours.",
        Slug::MethodNotAllowed => "This cannot be done here.",
        Slug::StalePlan => {
            "Your collections changed since you looked. Nothing was moved; look at the fresh plan and decide again."
        }
        Slug::PreconditionFailed => {
            "This collection was changed since you looked at it. Nothing was saved; look at it as it is now and decide again."
        }
        Slug::PreconditionRequired => {
            "The request must name in If-Match what it was decided on. Nothing was changed."
        }
        Slug::IdempotencyKeyMissing => {
            "The request must carry an Idempotency-Key of 1 to 255 visible characters. Nothing was changed."
        }
        Slug::IdempotencyKeyReused => {
            "This Idempotency-Key belongs to an earlier, different request. Nothing was changed."
        }
        Slug::IdempotencyInProgress => {
            "The first request with this key is still running. Ask again in a moment."
        }
        Slug::MalformedRequest | Slug::InvalidRequest => {
            "The request cannot be understood. Nothing was changed."
        }
        Slug::PayloadTooLarge => "The request is larger than 16 MiB. Nothing was changed.",
        Slug::RateLimited => "Too many requests. Wait a moment and try again; nothing was changed.",
        Slug::StoreUnavailable => {
            "The collections cannot be reached right now. Nothing is lost; try again in a moment."
        }
        Slug::ListUnreadable => {
            "The stored list of your account cannot be read, so nothing is written to it. Nothing is lost; please tell the operators."
        }
        Slug::AuthServerUnavailable => {
            "The sign-in server cannot be reached right now. Nothing is lost; try again in a moment."
        }
        Slug::Internal => {
            "Something went wrong on the server. Nothing is lost; please tell the operators if it happens again."
        }
    }
}
