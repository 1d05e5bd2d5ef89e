//! Claiming an old account that has another address.

use super::errors::{self, NoticeText};
use super::format::count;
use crate::api::ApiError;
use shared::problem::Slug;

pub const CLAIM: &str = "My old account used another address";
pub const CLAIM_LEAD: &str = "Sign in to your old GeneNetwork account here, and its collections are offered to you. Nothing moves until you have reviewed them.";
pub const OLD_EMAIL: &str = "Old e-mail address";
pub const OLD_PASSWORD: &str = "Old password";
pub const CLAIM_SUBMIT: &str = "Find my collections";

pub fn claimed(has_offer: bool) -> &'static str {
    if has_offer {
        "Your old account was found. Review its collections above the list."
    } else {
        "Your old account was found, but it has no collections left to move."
    }
}

pub fn claim_error(error: &ApiError) -> NoticeText {
    let problem = match error {
        ApiError::Network | ApiError::Unexpected { .. } => {
            return NoticeText::new(
                "The server did not answer",
                "Nothing was moved. Please try again.",
            );
        }
        ApiError::Problem(problem) => problem,
        ApiError::Expired => return errors::transfer_error(error),
    };
    match problem.slug() {
        Some(Slug::ClaimRefused) => NoticeText::new(
            "The address or the password is not right",
            "Both must be those of your old account. If you no longer know the password, or signed in with ORCID or GitHub, ask an administrator of GeneNetwork.",
        ),
        Some(Slug::TooManyAttempts) => {
            let minutes = problem.retry_after.unwrap_or(3_600).div_ceil(60);
            let minutes = count(minutes, "minute", "minutes");
            NoticeText::new(
                "Too many attempts",
                format!(
                    "You, or somebody with this address, tried too often. Try again in {minutes}."
                ),
            )
        }
        Some(Slug::InvalidRequest | Slug::MalformedRequest) => NoticeText::new(
            "The address or the password cannot be right",
            "Enter the e-mail address and the password with which you registered your old account.",
        ),
        _ => errors::transfer_error(error),
    }
}
