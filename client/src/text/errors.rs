//! What went wrong, that nothing was lost, and what to do next.

use crate::api::ApiError;
use crate::auth::SignInError;
use crate::storage::StorageError;
use shared::problem::Slug;

/// A notice: heading and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened, in a few words.
    pub title: &'static str,
    /// What that means, and what to do next.
    pub body: String,
}

impl Words {
    pub(crate) fn new(title: &'static str, body: impl Into<String>) -> Self {
        Self {
            title,
            body: body.into(),
        }
    }

    /// Both, where there is no room for a heading.
    pub fn in_one(&self) -> String {
        [self.title, ". ", &self.body].concat()
    }
}

/// Quotes the number of a request, so that an operator finds it in the log.
fn with_request(body: &str, request_id: &str) -> String {
    if request_id.is_empty() {
        body.to_owned()
    } else {
        format!("{body} If you ask for help, quote request {request_id}.")
    }
}

/// Why our server gave no result.
pub fn api(error: &ApiError) -> Words {
    match error {
        ApiError::Network => Words::new(
            "The server cannot be reached",
            "Nothing was lost. This page tries again by itself; if it takes long, check your connection.",
        ),
        ApiError::Expired => expired(),
        ApiError::Unexpected { status } => Words::new(
            "The server gave an answer this page does not understand",
            format!("Nothing was lost. Please try again later (status {status})."),
        ),
        ApiError::Problem(problem) => match problem.slug() {
            Some(Slug::EmailNotVerified) => Words::new(
                "Your e-mail address is not verified yet",
                "Collections of earlier accounts are looked up only for a verified address, so that nobody can \
                 see another person’s work. Follow the link in the message you were sent when you registered, \
                 then sign in again.",
            ),
            Some(Slug::StoreUnavailable) => Words::new(
                "The collections of your account cannot be reached right now",
                "Nothing was lost. This page tries again by itself.",
            ),
            Some(Slug::AuthServerUnavailable) => Words::new(
                "The sign-in server cannot be reached right now",
                "Nothing was lost. This page tries again by itself.",
            ),
            Some(Slug::RateLimited) => Words::new(
                "The server is busy",
                "Nothing was lost. This page waits a moment and tries again by itself.",
            ),
            Some(Slug::ListUnreadable) => Words::new(
                "The list of your collections cannot be read",
                with_request(
                    "It is left exactly as it is, and nothing is written to it. An administrator of GeneNetwork \
                     can mend it.",
                    &problem.request_id,
                ),
            ),
            Some(Slug::Unauthenticated | Slug::TokenExpired) => expired(),
            Some(Slug::InsufficientScope) => Words::new(
                "Your sign-in does not allow this",
                "Nothing was changed. Sign out and in again; if that does not help, ask an administrator.",
            ),
            Some(Slug::NotFound) => Words::new(
                "This is not here",
                "It may have been deleted, or it belongs to another account.",
            ),
            Some(Slug::StalePlan) => Words::new(
                "Your collections changed in the meantime",
                "Nothing was transferred. Please look at the fresh list once more.",
            ),
            Some(Slug::IdempotencyInProgress) => Words::new(
                "This is still under way",
                "The first click is being worked on. Please wait a moment, then try again.",
            ),
            Some(Slug::PayloadTooLarge) => Words::new(
                "This is too much at once",
                "Nothing was transferred and nothing was lost. Please choose fewer or smaller collections.",
            ),
            _ => Words::new(
                "Something went wrong on the server",
                with_request(
                    "Nothing was changed. Please try again later.",
                    &problem.request_id,
                ),
            ),
        },
    }
}

fn expired() -> Words {
    Words::new(
        "Your sign-in has expired",
        "Nothing was lost. Sign in again to go on.",
    )
}

/// Why a transfer gave no receipt. Unlike other requests it may have taken effect all the same.
pub fn transfer(error: &ApiError) -> Words {
    match error {
        ApiError::Network | ApiError::Unexpected { .. } => Words::new(
            "The server did not answer",
            "Your collections are safe. Try again: if the first click has arrived after all, nothing is \
             transferred twice.",
        ),
        ApiError::Problem(problem)
            if matches!(
                problem.slug(),
                Some(Slug::StoreUnavailable | Slug::AuthServerUnavailable)
            ) =>
        {
            Words::new(
                api(error).title,
                "Nothing was lost. Please try again in a while; nothing is transferred twice.",
            )
        }
        // That it has expired stands at the top of the page.
        error if error.is_unauthenticated() => Words::new(
            "This has to wait until you have signed in again",
            "Your collections are safe. Sign in again and try once more; nothing is done twice.",
        ),
        _ => api(error),
    }
}

/// Why something was not taken back.
pub fn undo(error: &ApiError) -> Words {
    match error.slug() {
        Some(Slug::InvalidRequest) => Words::new(
            "Nothing was taken back",
            "Everything that was brought has been changed or deleted since, or it was taken back before. Your \
             collections are as they are; nothing was lost.",
        ),
        _ => transfer(error),
    }
}

/// Why somebody is not signed in.
pub fn sign_in(error: &SignInError) -> String {
    match error {
        SignInError::StateMissing
        | SignInError::StateUnknown
        | SignInError::IssuerMissing
        | SignInError::IssuerWrong
        | SignInError::Incomplete => {
            "The answer that came back does not belong to a sign-in started in this tab, so it was not used. \
             Please sign in once more."
                .to_owned()
        }
        SignInError::AttemptExpired => {
            "The sign-in took longer than ten minutes and has lapsed. Please start it again.".to_owned()
        }
        SignInError::Denied => "Access was not granted. You can go on without an account, or try again.".to_owned(),
        SignInError::Refused { error, description } => match description {
            Some(description) => format!("The sign-in server says: {description} ({error})."),
            None => format!("The sign-in server refused ({error}). Please try again."),
        },
        SignInError::Unreachable => {
            "The sign-in server cannot be reached right now. Please try again in a while.".to_owned()
        }
        SignInError::Unreadable => {
            "The sign-in server gave an answer that this page does not understand. Please try again later.".to_owned()
        }
        SignInError::NotAccepted(error) => {
            let words = api(error);
            format!("{}. {}", words.title, words.body)
        }
        SignInError::StorageForbidden => {
            "The browser does not let this page remember that a sign-in was started. Allow site data for this \
             page, then try again."
                .to_owned()
        }
        SignInError::Misconfigured(fault) => {
            format!("Sign-in is not set up correctly here ({fault}). Please tell an administrator.")
        }
    }
}

/// Why the browser does not store a change, and what to do about it.
pub fn storage(error: &StorageError) -> Words {
    match error {
        StorageError::Unavailable => Words::new(
            "This browser keeps nothing for this page",
            "Site data may be blocked, or this is a private window. You can work here all the same, but save your \
             collections to a file before you close this page, or sign in and keep them in your account.",
        ),
        StorageError::Newer => Words::new(
            "A newer version of this page was used here",
            "What was saved before is safe. Load the page anew to get the newer version.",
        ),
        StorageError::Blocked => Words::new(
            "An older version of this page is open in another tab",
            "Please close that tab. What is kept in this browser shows here as soon as it is closed.",
        ),
        StorageError::Full => Words::new(
            "The browser’s storage is full",
            "Everything saved before is still there. Free some space on this device, then try again.",
        ),
        StorageError::Failed(cause) => Words::new(
            "The browser could not save this",
            format!("Everything saved before is still there. Please try again ({cause})."),
        ),
        StorageError::NotFound | StorageError::Renamed(_) => Words::new(
            "This collection is no longer what it was",
            "It was changed or deleted in another tab, so nothing was changed here.",
        ),
        StorageError::BlankName => Words::new(
            "A name is needed",
            "The change was not saved. Please give the collection a name.",
        ),
    }
}
