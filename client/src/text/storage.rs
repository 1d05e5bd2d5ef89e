//! The storage of collections in the browser, and how long it lasts.

pub const OFFLINE_TITLE: &str = "You are offline, or the server cannot be reached";
pub const OFFLINE_BODY: &str = "Your collections in this browser are here, and you can work on them as always. Those in your account cannot be shown right now; this page tries again automatically.";

pub const UNSAVED_TITLE: &str = "Your last changes are not saved yet";
pub const UNSAVED_BODY: &str = "They are kept in this page until you close it.";
pub const SAVE_AGAIN: &str = "Try to save again";
pub const SAVE_TO_FILE: &str = "Save to a file";
pub const FILE_NAME: &str = "genenetwork-collections.json";

pub const PERSISTENCE_GRANTED: &str =
    "This browser has agreed to keep its collections until you delete them.";
pub const PERSISTENCE_DENIED: &str = "This browser keeps its collections, but may remove them when the device runs out of space. \
                          What is in an account is safe.";
pub const PERSISTENCE_SAFARI: &str = "Safari removes what a page keeps after seven days of use in which you did not visit the \
                               page. Come back within that time; what is in an account is safe.";
