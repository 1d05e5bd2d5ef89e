//! The text of each problem for people.

use shared::problem::Slug;

/// The event, the fact that nothing was lost, and the next step.
pub(super) fn detail(slug: Slug) -> &'static str {
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
        Slug::ListTooLarge => {
            "The list of your collections is larger than 64 MiB, or would become so. Nothing was changed; please tell the operators."
        }
        Slug::QuotaExceeded => {
            "Your collections would use more room than an account has. Nothing was changed; delete collections that you no longer need, or traits in them, and try again."
        }
        Slug::PayloadTooLarge => "The request is too large. Nothing was changed.",
        Slug::UnsupportedMediaType => {
            "The request has a format that is not read here. Nothing was changed."
        }
        Slug::RateLimited => "Too many requests. Wait a moment and try again; nothing was changed.",
        Slug::ClaimRefused => {
            "No old account has this address and password. Check both and try again; nothing was changed."
        }
        Slug::TooManyAttempts => {
            "Too many attempts were made by you or on this address. Try again later; nothing was changed."
        }
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
