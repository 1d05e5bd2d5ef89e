//! Errors of requests to our server.

use shared::problem::{Problem, Slug};
use thiserror::Error;

/// Why a request to our server gave no result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No response: no network, or a timeout. The request may have taken effect.
    #[error("the server did not answer")]
    Network,
    /// The session has expired, so nothing was sent.
    #[error("the session has expired")]
    Expired,
    #[error("{}", .0.title)]
    Problem(Box<Problem>),
    /// A response that does not follow our API, for instance the page of a proxy.
    #[error("the response with status {status} cannot be understood")]
    Unexpected { status: u16 },
}

impl ApiError {
    /// Whether the same request is likely to succeed a little later.
    pub fn is_transient(&self) -> bool {
        // Rate limits, and the statuses of proxies and of our server while a service is down.
        // After too many attempts only the person may decide to try again.
        matches!(self.status(), Some(429 | 502 | 503 | 504))
            && self.slug() != Some(Slug::TooManyAttempts)
            || *self == Self::Network
    }

    /// Whether the same request with the same idempotency key may return the result a little later.
    pub fn may_be_retried(&self) -> bool {
        self.is_transient() || self.slug() == Some(Slug::IdempotencyInProgress)
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Network | Self::Expired => None,
            Self::Problem(problem) => Some(problem.status),
            Self::Unexpected { status } => Some(*status),
        }
    }

    /// The kind of problem, if this build knows it.
    pub fn slug(&self) -> Option<Slug> {
        match self {
            Self::Problem(problem) => problem.slug(),
            _ => None,
        }
    }

    pub fn requires_sign_in(&self) -> bool {
        match self {
            Self::Expired => true,
            Self::Problem(problem) => problem.status == 401,
            Self::Network | Self::Unexpected { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(slug: Slug) -> ApiError {
        ApiError::Problem(Box::new(Problem {
            r#type: format!("/problems/{}", slug.as_str()),
            title: slug.title().to_owned(),
            status: slug.status(),
            detail: String::new(),
            request_id: String::new(),
            plan: None,
            retry_after: None,
            errors: Vec::new(),
        }))
    }

    #[test]
    fn only_transient_errors_are_retried() {
        let transient = [
            Slug::StoreUnavailable,
            Slug::AuthServerUnavailable,
            Slug::ListUnreadable,
            Slug::RateLimited,
        ];
        for slug in Slug::ALL {
            assert_eq!(
                problem(slug).is_transient(),
                transient.contains(&slug),
                "{slug:?}"
            );
        }
        assert!(ApiError::Network.is_transient());
        assert!(ApiError::Unexpected { status: 502 }.is_transient());
        assert!(!ApiError::Unexpected { status: 404 }.is_transient());
        assert!(!ApiError::Expired.is_transient());
    }

    #[test]
    fn every_401_requires_a_new_sign_in() {
        for slug in Slug::ALL {
            let is_401 = matches!(slug, Slug::Unauthenticated | Slug::TokenExpired);
            assert_eq!(problem(slug).requires_sign_in(), is_401, "{slug:?}");
        }
        assert!(ApiError::Expired.requires_sign_in());
        assert!(!ApiError::Network.requires_sign_in());
    }
}
