//! Error messages: the cause, the fact that nothing was lost, and the next step.

use crate::api::ApiError;
use crate::auth::SignInError;
use crate::storage::StorageError;
use shared::problem::Slug;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeText {
    pub title: &'static str,
    pub body: String,
}

impl NoticeText {
    pub(crate) fn new(title: &'static str, body: impl Into<String>) -> Self {
        Self {
            title,
            body: body.into(),
        }
    }

    pub fn one_line(&self) -> String {
        [self.title, ". ", &self.body].concat()
    }
}

fn with_request(body: &str, request_id: &str) -> String {
    if request_id.is_empty() {
        body.to_owned()
    } else {
        format!("{body} If you ask for help, quote request {request_id}.")
    }
}

pub fn api_error(error: &ApiError) -> NoticeText {
    match error {
        ApiError::Network => NoticeText::new(
            "The server cannot be reached",
            "Nothing was lost. This page tries again automatically. If it takes long, check your connection.",
        ),
        ApiError::Expired => sign_in_expired(),
        ApiError::Unexpected { status } => NoticeText::new(
            "The server sent an unexpected response",
            format!("Nothing was lost. Please try again later (status {status})."),
        ),
        ApiError::Problem(problem) => match problem.slug() {
            Some(Slug::EmailNotVerified) => NoticeText::new(
                "Your e-mail address is not verified yet",
                "Collections of earlier accounts are looked up only for a verified address, so that nobody can \
                 see another person’s work. Follow the link in the message you were sent when you registered, \
                 then sign in again.",
            ),
            Some(Slug::StoreUnavailable) => NoticeText::new(
                "The collections of your account cannot be reached right now",
                "Nothing was lost. This page tries again automatically.",
            ),
            Some(Slug::AuthServerUnavailable) => NoticeText::new(
                "The sign-in server cannot be reached right now",
                "Nothing was lost. This page tries again automatically.",
            ),
            Some(Slug::RateLimited) => NoticeText::new(
                "The server is busy",
                "Nothing was lost. This page waits a moment and tries again automatically.",
            ),
            Some(Slug::ListUnreadable) => NoticeText::new(
                "The list of your collections cannot be read",
                with_request(
                    "It is left exactly as it is, and nothing is written to it. An administrator of GeneNetwork can repair it.",
                    &problem.request_id,
                ),
            ),
            Some(Slug::Unauthenticated | Slug::TokenExpired) => sign_in_expired(),
            Some(Slug::InsufficientScope) => NoticeText::new(
                "Your sign-in does not allow this",
                "Nothing was changed. Sign out and in again; if that does not help, ask an administrator.",
            ),
            Some(Slug::NotFound) => NoticeText::new(
                "Not found",
                "It may have been deleted, or it belongs to another account.",
            ),
            Some(Slug::StalePlan) => NoticeText::new(
                "Your collections changed in the meantime",
                "Nothing was transferred. Please check the updated list.",
            ),
            Some(Slug::IdempotencyInProgress) => NoticeText::new(
                "Still in progress",
                "Your first click is still being processed. Please wait a moment, then try again.",
            ),
            Some(Slug::ListTooLarge) => NoticeText::new(
                "Your collections take too much space",
                with_request(
                    "Nothing was changed and nothing was lost. Please tell the people who run this service.",
                    &problem.request_id,
                ),
            ),
            Some(Slug::QuotaExceeded) => NoticeText::new(
                "There is no room for more collections",
                "Nothing was changed and nothing was lost. Please delete collections that you no longer need, or traits in them, and try again.",
            ),
            Some(Slug::PayloadTooLarge) => NoticeText::new(
                "This is too much at once",
                "Nothing was transferred and nothing was lost. Please choose fewer or smaller collections.",
            ),
            _ => NoticeText::new(
                "Something went wrong on the server",
                with_request(
                    "Nothing was changed. Please try again later.",
                    &problem.request_id,
                ),
            ),
        },
    }
}

fn sign_in_expired() -> NoticeText {
    NoticeText::new(
        "Your sign-in has expired",
        "Nothing was lost. Sign in again to continue.",
    )
}

pub fn transfer_error(error: &ApiError) -> NoticeText {
    match error {
        ApiError::Network | ApiError::Unexpected { .. } => NoticeText::new(
            "The server did not answer",
            "Your collections are safe. Try again; repeating is safe.",
        ),
        ApiError::Problem(problem)
            if matches!(
                problem.slug(),
                Some(Slug::StoreUnavailable | Slug::AuthServerUnavailable)
            ) =>
        {
            NoticeText::new(
                api_error(error).title,
                "Nothing was lost. Please try again later; repeating is safe.",
            )
        }
        // That it has expired stands at the top of the page.
        error if error.requires_sign_in() => NoticeText::new(
            "Sign in again to continue",
            "Your collections are safe. Sign in and try again; repeating is safe.",
        ),
        _ => api_error(error),
    }
}

pub fn undo_error(error: &ApiError) -> NoticeText {
    match error.slug() {
        Some(Slug::InvalidRequest) => NoticeText::new(
            "Nothing was undone",
            "Everything that was moved has been changed or deleted since, or was already undone. Your collections are unchanged.",
        ),
        _ => transfer_error(error),
    }
}

pub fn sign_in_error(error: &SignInError) -> String {
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
            "The sign-in took longer than ten minutes and has expired. Please start it again.".to_owned()
        }
        SignInError::Denied => "Access was not granted. You can continue without an account, or try again.".to_owned(),
        SignInError::Refused { error, description } => match description {
            Some(description) => format!("The sign-in server says: {description} ({error})."),
            None => format!("The sign-in server refused ({error}). Please try again."),
        },
        SignInError::Unreachable => {
            "The sign-in server cannot be reached right now. Please try again later.".to_owned()
        }
        SignInError::Unreadable => {
            "The sign-in server sent an unexpected response. Please try again later.".to_owned()
        }
        SignInError::NotAccepted(error) => {
            let words = api_error(error);
            format!("{}. {}", words.title, words.body)
        }
        SignInError::TokenRefused => {
            "The sign-in server issued a token that it does not accept itself, so nobody was signed in. This is a \
             fault of the sign-in server: please tell an administrator. Nothing was lost, and you can continue \
             without an account."
                .to_owned()
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

pub fn storage_error(error: &StorageError) -> NoticeText {
    match error {
        StorageError::Unavailable => NoticeText::new(
            "This browser cannot save data for this page",
            "Site data may be blocked, or this is a private window. You can still work here, but save your collections to a file before you close this page, or sign in and keep them in your account.",
        ),
        StorageError::Newer => NoticeText::new(
            "A newer version of this page was used here",
            "What was saved before is safe. Reload to get the newer version.",
        ),
        StorageError::Blocked => NoticeText::new(
            "An older version of this page is open in another tab",
            "Please close that tab. What is kept in this browser shows here as soon as it is closed.",
        ),
        StorageError::Full => NoticeText::new(
            "The browser’s storage is full",
            "Everything saved before is still there. Free some space on this device, then try again.",
        ),
        StorageError::Failed(cause) => NoticeText::new(
            "The browser could not save this",
            format!("Everything saved before is still there. Please try again ({cause})."),
        ),
    }
}
