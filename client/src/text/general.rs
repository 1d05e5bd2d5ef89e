//! The frame around the pages, sign-in, and what all pages share.

use super::format::short;

/// Name of the app.
pub const APP_NAME: &str = "GeneNetwork Collections";
/// The part of the name that is always shown.
pub const BRAND: &str = "GeneNetwork";
/// The part that is left out where there is little room.
pub const BRAND_REST: &str = " Collections";
/// First link of every page.
pub const SKIP_LINK: &str = "Skip to the content";
/// Name of the navigation landmark.
pub const NAVIGATION: &str = "Main";
/// Link to the list.
pub const NAV_COLLECTIONS: &str = "Collections";
/// Link to past transfers.
pub const NAV_ACTIVITY: &str = "Activity";
/// In the footer.
pub const FOOTER: &str = "Collections made without an account stay in this browser.";

/// Starts the sign-in.
pub const SIGN_IN: &str = "Sign in";
/// Starts the sign-in after it has run out.
pub const SIGN_IN_AGAIN: &str = "Sign in again";
/// Ends it.
pub const SIGN_OUT: &str = "Sign out";
/// Link to the page where an account is made.
pub const REGISTER: &str = "Register";
/// Until the page is left to sign out at the sign-in server as well.
pub const SIGNING_OUT: &str = "Signing out…";
/// While the sign-in is under way.
pub const SIGNING_IN: &str = "Signing in…";
/// Heading of the question whether the person who was signed in is the one who sits here.
pub const CONFIRM_TITLE: &str = "Continue as {name}?";
/// What that means; the name is an e-mail address.
pub const CONFIRM_BODY: &str = "You were signed in as {name}. If that is not you, do not go on: what you save \
                                would end up in another person’s account.";
/// Answers it.
pub const CONFIRM_YES: &str = "Continue";
/// Answers it.
pub const CONFIRM_NO: &str = "This is not me";
/// Heading of the second window when all is done.
pub const SIGNED_IN: &str = "You are signed in";
/// What to do then, if the browser does not close the window.
pub const SECOND_WINDOW_DONE: &str = "You can close this window and go on in the other one.";
/// Heading when the sign-in has run out.
pub const EXPIRED_TITLE: &str = "Your sign-in has expired";
/// What that means.
pub const EXPIRED_BODY: &str =
    "Nothing was lost. Sign in again in a second window; this page stays as it is.";
/// Where something cannot be shown until then.
pub const AFTER_SIGN_IN: &str = "Sign in again to see what is here.";
/// Heading of a page that needs a sign-in.
pub const SIGN_IN_FIRST_TITLE: &str = "Sign in to see this page";
/// What that means.
pub const SIGN_IN_FIRST_BODY: &str =
    "It needs an account. What you made in this browser stays where it is.";
/// Heading of the callback page when the sign-in failed.
pub const SIGN_IN_FAILED: &str = "You are not signed in";
/// Tries the sign-in anew.
pub const TRY_AGAIN: &str = "Try again";

/// Link back to the list.
pub const BACK: &str = "Back to collections";
/// Leaves a dialog or a form as it was.
pub const CANCEL: &str = "Cancel";
/// Stores what a form holds.
pub const SAVE: &str = "Save";
/// Leaves a dialog whose work is done.
pub const CLOSE: &str = "Close";
/// Takes back the last step.
pub const UNDO: &str = "Undo";
/// Removes a message.
pub const DISMISS: &str = "Dismiss";
/// While something is fetched.
pub const LOADING: &str = "Loading…";
/// Where a name is missing.
pub const NO_NAME: &str = "(no name)";

/// Heading where a part of the page could not be loaded.
pub const NOT_LOADED_TITLE: &str = "This part of the page could not be loaded";
/// What that means, and what to do.
pub const NOT_LOADED_BODY: &str = "Nothing was lost. The network may be gone for the moment: please try again. If that does \
                                   not help, reload the page: there may be a newer version of it.";

/// Heading for an unknown address.
pub const NOT_FOUND_TITLE: &str = "There is no such page";
/// What to do then.
pub const NOT_FOUND_BODY: &str =
    "The address may have been cut off or mistyped. Your collections are where they were.";

/// Title of the window on a page.
pub fn window_title(page: &str) -> String {
    format!("{} · {APP_NAME}", short(page))
}

/// Version of the server, for the footer.
pub fn version(version: &str) -> String {
    format!("Version {version}")
}
