//! How a request to our server can fail.

use shared::problem::{Problem, Slug};
use thiserror::Error;

/// Why a request to our server gave no result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No answer: no network, or none within the time limit. The request may have taken effect.
    #[error("the server did not answer")]
    Network,
    /// The sign-in has expired, so nothing was sent.
    #[error("the sign-in has expired")]
    Expired,
    /// The server says what is wrong.
    #[error("{}", .0.title)]
    Problem(Box<Problem>),
    /// An answer that is not of our API, for instance a proxy's page.
    #[error("the answer with status {status} cannot be understood")]
    Unexpected {
        /// The HTTP status.
        status: u16,
    },
}

impl ApiError {
    /// Whether the same request is likely to succeed a little later.
    pub fn is_passing(&self) -> bool {
        *self == Self::Network || self.status().is_some_and(is_passing_status)
    }

    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Network | Self::Expired => None,
            Self::Problem(problem) => Some(problem.status),
            Self::Unexpected { status } => Some(*status),
        }
    }

    /// Whether asking again with the same idempotency key, a little later, may give the outcome: then it joins what
    /// is still running.
    pub fn may_be_asked_again(&self) -> bool {
        self.is_passing() || self.slug() == Some(Slug::IdempotencyInProgress)
    }

    /// The kind of problem, where the server named one that this build knows.
    pub fn slug(&self) -> Option<Slug> {
        match self {
            Self::Problem(problem) => problem.slug(),
            _ => None,
        }
    }

    /// Whether the sign-in is no longer good.
    pub fn is_unauthenticated(&self) -> bool {
        match self {
            Self::Expired => true,
            Self::Problem(problem) => problem.status == 401,
            Self::Network | Self::Unexpected { .. } => false,
        }
    }
}

/// Rate limits, and what proxies and our server say while something behind them is away.
fn is_passing_status(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
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
            errors: Vec::new(),
        }))
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let passing = [
            Slug::StoreUnavailable,
            Slug::AuthServerUnavailable,
            Slug::ListUnreadable,
            Slug::RateLimited,
        ];
        for slug in Slug::ALL {
            assert_eq!(
                problem(slug).is_passing(),
                passing.contains(&slug),
                "{slug:?}"
            );
        }
        assert!(ApiError::Network.is_passing());
        assert!(ApiError::Unexpected { status: 502 }.is_passing());
        assert!(!ApiError::Unexpected { status: 404 }.is_passing());
        assert!(!ApiError::Expired.is_passing());
    }

    #[test]
    fn every_401_ends_the_sign_in() {
        for slug in Slug::ALL {
            let ends = matches!(slug, Slug::Unauthenticated | Slug::TokenExpired);
            assert_eq!(problem(slug).is_unauthenticated(), ends, "{slug:?}");
        }
        assert!(ApiError::Expired.is_unauthenticated());
        assert!(!ApiError::Network.is_unauthenticated());
    }
}
