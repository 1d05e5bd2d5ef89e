//! Errors as GN2 reads them from gn-auth: `{"error", "error_description"}`, without a stack trace.

use crate::error::{ApiError, ProblemResponse};
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;
use shared::problem::{FieldError, Slug};

/// The reason why a request of GN2 is refused.
#[derive(Debug, thiserror::Error)]
pub enum Gn2Error {
    /// The middleware writes the body.
    #[error(transparent)]
    Api(ApiError),
    #[error("anonymous collections are for GN2 only, and this address is not GN2's")]
    ForeignAddress,
    #[error("client_id and client_secret are not those of GN2's client")]
    WrongClient,
    #[error("anon_id is the id of an account, whose collections need its token")]
    AccountId,
}

impl<E: Into<ApiError>> From<E> for Gn2Error {
    fn from(error: E) -> Self {
        Self::Api(error.into())
    }
}

/// The body of an error.
#[derive(Serialize)]
pub struct Gn2ErrorBody {
    /// The name of an exception of gn-auth, or an error code of OAuth2.
    error: &'static str,
    error_description: String,
}

impl IntoResponse for Gn2Error {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Api(error) => return error.into_response(),
            Self::WrongClient => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::ForeignAddress | Self::AccountId => (StatusCode::FORBIDDEN, "AuthorisationError"),
        };
        let error_description = self.to_string();
        let body = Gn2ErrorBody {
            error,
            error_description,
        };
        (status, Json(body)).into_response()
    }
}

impl From<&ProblemResponse> for Gn2ErrorBody {
    fn from(problem: &ProblemResponse) -> Self {
        let described = problem.errors.iter().map(describe).collect::<Vec<_>>();
        let error_description = if described.is_empty() {
            problem.detail.to_owned()
        } else {
            described.join("; ")
        };
        Self {
            error: name(problem),
            error_description,
        }
    }
}

fn describe(error: &FieldError) -> String {
    // Both are traits in a request of GN2.
    let path = error.path.replacen("members[", "traits[", 1);
    let path = path.replacen("add[", "traits[", 1);
    format!("{path}: {}", error.reason)
}

fn name(problem: &ProblemResponse) -> &'static str {
    match problem.slug {
        Slug::Unauthenticated if matches!(*problem.cause, ApiError::NoToken) => {
            "missing_authorization"
        }
        Slug::Unauthenticated | Slug::TokenExpired => "invalid_token",
        Slug::InsufficientScope => "insufficient_scope",
        Slug::NotFound => "NotFoundError",
        Slug::MethodNotAllowed => "MethodNotAllowed",
        Slug::MalformedRequest
        | Slug::InvalidRequest
        | Slug::PayloadTooLarge
        | Slug::UnsupportedMediaType
        | Slug::ListTooLarge
        | Slug::QuotaExceeded => "InvalidData",
        Slug::RateLimited => "TooManyRequests",
        Slug::StoreUnavailable | Slug::ListUnreadable | Slug::AuthServerUnavailable => {
            "ServiceUnavailable"
        }
        _ => "InternalServerError",
    }
}
