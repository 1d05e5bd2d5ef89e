//! The frame around the pages, sign-in, and texts that all pages share.

use super::format::short;

pub const APP_NAME: &str = "GeneNetwork Collections";
pub const BRAND: &str = "GeneNetwork";
pub const BRAND_REST: &str = " Collections";
pub const SKIP_LINK: &str = "Skip to the content";
pub const NAVIGATION: &str = "Main";
pub const NAV_COLLECTIONS: &str = "Collections";
pub const NAV_ACTIVITY: &str = "Activity";
/// The link to GeneNetwork itself.
pub const NAV_HOME: &str = "Main site";
pub const FOOTER: &str = "Collections made without an account stay in this browser.";

pub const SIGN_IN: &str = "Sign in";
pub const SIGN_IN_AGAIN: &str = "Sign in again";
pub const SIGN_OUT: &str = "Sign out";
pub const REGISTER: &str = "Register";
pub const SIGNING_OUT: &str = "Signing out…";
pub const SIGNING_IN: &str = "Signing in…";
pub const CONFIRM_TITLE: &str = "Continue as {name}?";
pub const CONFIRM_BODY: &str = "You were signed in as {name}. If that is not you, do not continue: what you save \
                                would end up in another person’s account.";
pub const CONFIRM_YES: &str = "Continue";
pub const CONFIRM_NO: &str = "This is not me";
pub const SIGNED_IN: &str = "You are signed in";
pub const SIGN_IN_WINDOW_DONE: &str = "You can close this window and continue in the other one.";
pub const EXPIRED_TITLE: &str = "Your sign-in has expired";
pub const EXPIRED_BODY: &str =
    "Nothing was lost. Sign in again in a second window; this page stays as it is.";
pub const SIGN_IN_AGAIN_TO_SEE: &str = "Sign in again to see what is here.";
pub const SIGN_IN_FIRST_TITLE: &str = "Sign in to see this page";
pub const SIGN_IN_FIRST_BODY: &str =
    "This page is for accounts only. Your collections in this browser stay where they are.";
pub const SIGN_IN_FAILED: &str = "You are not signed in";
pub const TRY_AGAIN: &str = "Try again";
pub const CONTINUE_WITHOUT_ACCOUNT: &str = "Continue without an account";
pub const SIGNED_OUT_TITLE: &str = "You are signed out";
pub const WAS_SIGNED_IN: &str = "You were signed in as {name}. Sign in to see your collections.";
pub const TOKENS_NOT_REVOKED: &str = "The sign-in server did not confirm that your sign-in has ended, so it may be valid \
                                      there until it expires. This page has forgotten it. If other people use this \
                                      computer, sign out at the sign-in server too.";

pub const BACK: &str = "Back to collections";
pub const CANCEL: &str = "Cancel";
pub const SAVE: &str = "Save";
pub const CLOSE: &str = "Close";
pub const UNDO: &str = "Undo";
pub const DISMISS: &str = "Dismiss";
pub const LOADING: &str = "Loading…";
pub const NO_NAME: &str = "(no name)";

pub const NOT_LOADED_TITLE: &str = "This part of the page could not be loaded";
pub const NOT_LOADED_BODY: &str = "Nothing was lost. The network may be down: please try again. If that does \
                                   not help, reload the page: there may be a newer version.";

pub const NOT_FOUND_TITLE: &str = "Page not found";
pub const NOT_FOUND_BODY: &str =
    "The address may be incomplete or mistyped. Your collections are safe.";

pub fn window_title(page: &str) -> String {
    format!("{} · {APP_NAME}", short(page))
}

pub fn version(version: &str) -> String {
    format!("Version {version}")
}
