//! Errors on the wire: `application/problem+json` (RFC 9457).

use crate::api::Plan;
use serde::{Deserialize, Serialize};

/// Media type of a problem body.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// Body of every answer that is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable identifier, `/problems/<slug>`.
    pub r#type: String,
    /// Short name of the kind of problem.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do next, for people.
    pub detail: String,
    /// Id of the request, to quote to the operator.
    pub request_id: String,
    /// The fresh plan, with `stale-plan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Box<Plan>>,
    /// What is wrong with the request, with `invalid-request`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// The kind of problem, if this build knows it.
    pub fn slug(&self) -> Option<Slug> {
        let slug = self.r#type.strip_prefix("/problems/")?;
        Slug::ALL.into_iter().find(|known| known.as_str() == slug)
    }
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where in the body, or which header.
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

macro_rules! slugs {
    ($($(#[$doc:meta])* $variant:ident = $slug:literal, $status:literal, $title:literal;)+) => {
        /// The kinds of problem, each with its one status.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Slug { $($(#[$doc])* $variant,)+ }

        impl Slug {
            /// Every kind.
            pub const ALL: [Self; [$($slug),+].len()] = [$(Self::$variant),+];

            /// The last part of the problem's `type`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $slug,)+ }
            }

            /// The HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// The problem's `title`.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

slugs! {
    /// No token was presented, or the auth server does not accept it.
    Unauthenticated = "unauthenticated", 401, "Sign in first";
    /// The token was good once.
    TokenExpired = "token-expired", 401, "Your sign-in has expired";
    /// The token does not cover what was asked.
    InsufficientScope = "insufficient-scope", 403, "Your sign-in does not allow this";
    /// The account's address is not proven.
    EmailNotVerified = "email-not-verified", 403, "Your e-mail address is not verified";
    /// No such thing, or not the caller's.
    NotFound = "not-found", 404, "Not found";
    /// The method is not defined for this path.
    MethodNotAllowed = "method-not-allowed", 405, "Method not allowed";
    /// Source or target changed since the plan was made.
    StalePlan = "stale-plan", 412, "Your collections changed in the meantime";
    /// The collection that `If-Match` names changed since.
    PreconditionFailed = "precondition-failed", 412, "The collection changed in the meantime";
    /// `If-Match` is missing.
    PreconditionRequired = "precondition-required", 428, "If-Match is required";
    /// `Idempotency-Key` is missing.
    IdempotencyKeyMissing = "idempotency-key-missing", 400, "Idempotency-Key is required";
    /// The key was used with another payload.
    IdempotencyKeyReused = "idempotency-key-reused", 422, "Idempotency-Key was used for another request";
    /// The first request with this key is still running.
    IdempotencyInProgress = "idempotency-in-progress", 409, "The same request is still running";
    /// The request is not well-formed.
    MalformedRequest = "invalid-request", 400, "The request is not valid";
    /// The request is well-formed but asks for something that does not exist.
    InvalidRequest = "invalid-request", 422, "The request is not valid";
    /// The body is larger than the limit.
    PayloadTooLarge = "payload-too-large", 413, "The request is too large";
    /// Too many requests.
    RateLimited = "rate-limited", 429, "Too many requests";
    /// Redis does not answer.
    StoreUnavailable = "store-unavailable", 503, "The collections cannot be reached right now";
    /// The account's own list cannot be read, so it is not written to either.
    ListUnreadable = "list-unreadable", 503, "Your collections cannot be read";
    /// The auth server does not answer, or not in a way that can be understood.
    AuthServerUnavailable = "auth-server-unavailable", 503, "The sign-in server cannot be reached right now";
    /// A defect on our side.
    Internal = "internal", 500, "Something went wrong on the server";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_type_is_found_again_by_its_slug() {
        for slug in Slug::ALL {
            let problem = Problem {
                r#type: format!("/problems/{}", slug.as_str()),
                title: String::new(),
                status: slug.status(),
                detail: String::new(),
                request_id: String::new(),
                plan: None,
                errors: Vec::new(),
            };
            assert_eq!(problem.slug().map(Slug::as_str), Some(slug.as_str()));
        }
    }
}
