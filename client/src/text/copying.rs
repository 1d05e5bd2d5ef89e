//! Copying collections between browser and account, and traits into another collection.

use super::format::{collections, count, traits};
use crate::hooks::Copied;

/// Copies the selected collections of the browser.
pub const TO_ACCOUNT: &str = "Copy to my account";
/// Copies the selected collections of the account.
pub const TO_BROWSER: &str = "Copy to this browser";
/// While that is done.
pub const COPYING: &str = "Copying…";
/// Field of the collection that traits are copied to.
pub const TARGET: &str = "Copy to";
/// Choice of a collection that is yet to be made.
pub const NEW: &str = "A new collection";
/// In that field, when what was chosen is not there any more.
pub const CHOOSE: &str = "Choose a collection";
/// Below it, then.
pub const GONE: &str = "{name} is not there any more. Please choose another collection.";
/// Why nothing is copied to a new collection.
pub const NO_NAME: &str = "There is no name yet";
/// Copies.
pub const COPY: &str = "Copy";

/// After copies that the browser would not store.
const WAIT: &str = "Not all of this is saved yet: it is kept in this page only.";

/// Heading of the question where traits are copied to.
pub fn question(n: usize) -> String {
    format!("Copy {}", traits(n as u64))
}

/// What has become of collections that were to be copied.
pub fn copied(done: Copied, to_account: bool) -> String {
    let place = if to_account {
        "your account"
    } else {
        "this browser"
    };
    let mut sentences = Vec::new();
    if done.copied > 0 || done.present + done.left == 0 {
        let verb = if done.copied == 1 { "was" } else { "were" };
        sentences.push(format!(
            "{} {verb} copied to {place}.",
            collections(done.copied)
        ));
    }
    if done.waits {
        sentences.push(WAIT.to_owned());
    }
    if done.present > 0 {
        sentences.push(format!(
            "{} in {place} already.",
            count(done.present, "collection was", "collections were")
        ));
    }
    if done.left > 0 {
        sentences.push(format!(
            "{} not copied, because there are no traits in it.",
            count(done.left, "collection was", "collections were")
        ));
    }
    sentences.join(" ")
}

/// After traits were copied into a collection.
pub fn added(new: u64, asked: u64) -> String {
    let were = |n| count(n, "trait was", "traits were");
    match asked.saturating_sub(new) {
        0 => format!("{} copied to {{name}}.", were(new)),
        there if new == 0 => format!("{} in {{name}} already.", were(there)),
        there => format!(
            "{} copied to {{name}}. {} there already.",
            were(new),
            were(there)
        ),
    }
}
