//! Copying collections between browser and account, and traits into another collection.

use super::format::{collections, count, traits};
use super::table::{cannot_show, not_added, unshowable};
use crate::hooks::CopyOutcome;

pub const TO_ACCOUNT: &str = "Copy to my account";
pub const TO_BROWSER: &str = "Copy to this browser";
pub const OPEN: &str = "Open in GeneNetwork";
pub const COPY_AND_OPEN: &str = "Copy to my account and open";
pub const SIGN_IN_TO_OPEN: &str =
    "GeneNetwork opens collections of your account. Sign in to copy this one there.";
pub const COPYING: &str = "Copying…";
pub const TARGET: &str = "Copy to";
pub const NEW_TARGET: &str = "A new collection";
pub const CHOOSE_TARGET: &str = "Choose a collection";
pub const TARGET_GONE: &str = "{name} was deleted. Please choose another collection.";
pub const NAME_MISSING_TITLE: &str = "Name missing";
pub const COPY: &str = "Copy";

const NOT_ALL_STORED_YET: &str = "Not everything is saved yet: some of it is in this page only.";

pub fn dialog_title(n: usize) -> String {
    format!("Copy {}", traits(n as u64))
}

/// Says before a copy what it leaves out.
pub fn excluded_traits(n: usize) -> String {
    let them = if n == 1 { "it is" } else { "they are" };
    format!("{}, so {them} not copied.", cannot_show(n as u64))
}

pub fn copied_collections(done: CopyOutcome, to_account: bool) -> String {
    let place = if to_account {
        "your account"
    } else {
        "this browser"
    };
    let mut sentences = Vec::new();
    if done.copied > 0 || done.present + done.skipped == 0 {
        let verb = if done.copied == 1 { "was" } else { "were" };
        sentences.push(format!(
            "{} {verb} copied to {place}.",
            collections(done.copied)
        ));
    }
    if done.has_unsaved {
        sentences.push(NOT_ALL_STORED_YET.to_owned());
    }
    if done.present > 0 {
        sentences.push(format!(
            "{} in {place} already.",
            count(done.present, "collection was", "collections were")
        ));
    }
    if done.skipped > 0 {
        sentences.push(format!(
            "{} empty and not copied.",
            count(done.skipped, "collection was", "collections were")
        ));
    }
    if done.excluded_members > 0 {
        sentences.push(format!("{} not copied.", unshowable(done.excluded_members)));
    }
    sentences.join(" ")
}

pub fn copied_traits(new: u64, asked: u64, excluded: u64) -> String {
    let copied = put_traits("copied to", new, asked);
    match (excluded, asked) {
        (0, _) => copied,
        (_, 0) => not_added(excluded),
        _ => format!("{copied} {}", not_added(excluded)),
    }
}

/// Says how many of the traits were `put` into the collection, as in "copied to".
pub(super) fn put_traits(put: &str, new: u64, asked: u64) -> String {
    let were = |n| count(n, "trait was", "traits were");
    match asked.saturating_sub(new) {
        0 => format!("{} {put} {{name}}.", were(new)),
        there if new == 0 => format!("{} in {{name}} already.", were(there)),
        there => format!(
            "{} {put} {{name}}. {} there already.",
            were(new),
            were(there)
        ),
    }
}
