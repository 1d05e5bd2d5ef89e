//! What has become of several collections at once: what was done, and what was not and why.

use super::editing::failure;
use super::format::{collections, count};
use crate::hooks::EditError;

/// How many of several collections were deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deletions {
    /// Deleted now.
    pub deleted: u64,
    /// Not deleted, because they are not what was shown any more.
    pub stale: u64,
    /// Not there any more.
    pub gone: u64,
    /// Not deleted, because of an error.
    pub left: u64,
}

/// After several were deleted; `why` some are left, if they are.
pub fn deleted(done: Deletions, why: Option<&EditError>) -> String {
    let Deletions {
        deleted,
        stale,
        gone,
        left,
    } = done;
    let were = |n| count(n, "collection was", "collections were");
    let mut sentences = Vec::new();
    if deleted > 0 {
        sentences.push(format!("{} deleted.", were(deleted)));
    }
    if stale > 0 {
        sentences.push(format!(
            "{} changed elsewhere in the meantime and stayed; the list shows how it is now.",
            were(stale)
        ));
    }
    if gone > 0 {
        sentences.push(format!("{} deleted elsewhere already.", were(gone)));
    }
    if let Some(error) = why {
        let are = if left == 1 { "is" } else { "are" };
        sentences.push(format!(
            "{} not deleted, and {are} still selected. {}",
            were(left),
            failure(error).in_one()
        ));
    }
    sentences.join(" ")
}

/// After several came back; `left` did not, because of an error or because nobody knows how to undo their deletion.
pub fn restored(back: u64, left: u64, why: Option<&EditError>) -> String {
    let are = |n| if n == 1 { "is" } else { "are" };
    let mut sentences = vec![format!("{} {} back.", collections(back), are(back))];
    if left > 0 {
        let (they, are) = (if left == 1 { "it" } else { "they" }, are(left));
        sentences.push(format!(
            "{} {are} not: {they} {are} still under “Recently deleted”.",
            collections(left)
        ));
    }
    sentences.extend(why.map(|error| failure(error).in_one()));
    sentences.join(" ")
}
