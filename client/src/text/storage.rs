//! What the browser keeps, and for how long.

/// Heading when neither the settings nor anything else of the server can be had.
pub const OFFLINE_TITLE: &str = "You are offline, or the server cannot be reached";
/// What that means.
pub const OFFLINE_BODY: &str = "What is kept in this browser is here, and you can work on it as always. What is in \
                                your account cannot be shown for now; this page tries again by itself.";

/// Heading when the browser would not store the last changes.
pub const UNSAVED_TITLE: &str = "Your last changes are not saved yet";
/// What that means, before the reason.
pub const UNSAVED_BODY: &str = "They are kept in this page until you close it.";
/// Tries again to store them.
pub const SAVE_AGAIN: &str = "Try to save again";
/// Saves all collections of the browser to a file.
pub const TO_FILE: &str = "Save to a file";
/// Name of that file.
pub const FILE_NAME: &str = "genenetwork-collections.json";

/// When the browser has agreed to keep what is stored.
pub const LASTS: &str = "This browser has agreed to keep its collections until you delete them.";
/// When it has not.
pub const MAY_GO: &str = "This browser keeps its collections, but may remove them when the device runs out of space. \
                          What is in an account is safe.";
/// When it has not, and is `WebKit`.
pub const MAY_GO_SOON: &str = "Safari removes what a page keeps after seven days of use in which you did not visit the \
                               page. Come back within that time; what is in an account is safe.";
