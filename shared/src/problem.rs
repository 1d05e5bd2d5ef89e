//! The wire format of errors: `application/problem+json` (RFC 9457).

use crate::api::Plan;
use serde::{Deserialize, Serialize};

/// The media type of a problem body.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// The body of every error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable identifier, `/problems/<slug>`.
    pub r#type: String,
    /// A short name of the kind of problem.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A description for people, with the next step.
    pub detail: String,
    /// The id of the request, to quote to the operator.
    pub request_id: String,
    /// The new plan, with `stale-plan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Box<Plan>>,
    /// The seconds in `Retry-After`, if the same request may be repeated then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The invalid values of the request, with `invalid-request`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// Returns the kind of problem, if this build knows it.
    pub fn slug(&self) -> Option<Slug> {
        let slug = self.r#type.strip_prefix("/problems/")?;
        Slug::ALL
            .into_iter()
            .find(|candidate| candidate.as_str() == slug)
    }
}

/// An invalid value of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The path in the body, or the name of the header.
    pub path: String,
    /// The reason, in words.
    pub reason: String,
}

macro_rules! slugs {
    ($($(#[$doc:meta])* $variant:ident = $slug:literal, $status:literal, $title:literal;)+) => {
        /// The kinds of problem, each with one status.
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
    /// The token has expired.
    TokenExpired = "token-expired", 401, "Your sign-in has expired";
    /// The token does not permit the request.
    InsufficientScope = "insufficient-scope", 403, "Your sign-in does not allow this";
    /// The account's address is not verified.
    EmailNotVerified = "email-not-verified", 403, "Your e-mail address is not verified";
    /// The resource does not exist or belongs to another account.
    NotFound = "not-found", 404, "Not found";
    /// The method is not defined for this path.
    MethodNotAllowed = "method-not-allowed", 405, "Method not allowed";
    /// Source or target changed since the plan was made.
    StalePlan = "stale-plan", 412, "Your collections changed in the meantime";
    /// The collection has another version than `If-Match`.
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
    /// The request is well-formed but its values are not valid.
    InvalidRequest = "invalid-request", 422, "The request is not valid";
    /// The body is larger than the limit.
    PayloadTooLarge = "payload-too-large", 413, "The request is too large";
    /// The body has another media type than the path accepts.
    UnsupportedMediaType = "unsupported-media-type", 415, "The request has the wrong format";
    /// A stored list is larger than the limit, or would become so, and is not written.
    ListTooLarge = "list-too-large", 413, "The list of collections is too large";
    /// The account's collections would use more than its quota.
    QuotaExceeded = "quota-exceeded", 507, "There is no room for more collections";
    /// Too many requests.
    RateLimited = "rate-limited", 429, "Too many requests";
    /// The legacy account is unknown, or its password is another one.
    ClaimRefused = "claim-refused", 403, "The address or the password is not right";
    /// The person, or somebody for the same legacy address, has tried too often.
    TooManyAttempts = "too-many-attempts", 429, "Too many attempts";
    /// Redis does not respond.
    StoreUnavailable = "store-unavailable", 503, "The collections cannot be reached right now";
    /// The account's own list cannot be read, so nothing is written to it.
    ListUnreadable = "list-unreadable", 503, "Your collections cannot be read";
    /// The auth server does not respond, or its response is not valid.
    AuthServerUnavailable = "auth-server-unavailable", 503, "The sign-in server cannot be reached right now";
    /// The server has a defect.
    Internal = "internal", 500, "Something went wrong on the server";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slug_round_trips_through_the_problem_type() {
        for slug in Slug::ALL {
            let problem = Problem {
                r#type: format!("/problems/{}", slug.as_str()),
                title: String::new(),
                status: slug.status(),
                detail: String::new(),
                request_id: String::new(),
                plan: None,
                retry_after: None,
                errors: Vec::new(),
            };
            assert_eq!(problem.slug().map(Slug::as_str), Some(slug.as_str()));
        }
    }
}
