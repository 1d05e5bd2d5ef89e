//! Collects the members of one collection from the pieces of a file.

use super::refusal::malformed_reason;
use super::report::Report;
use crate::edit::check::is_invisible;
use std::borrow::Cow;
use std::collections::HashSet;

/// Returns a piece without the characters that nobody sees, which web pages and editors add, and
/// without white space around it.
pub(super) fn visible(piece: &str) -> Cow<'_, str> {
    match without_invisible(piece.trim()) {
        Cow::Borrowed(piece) => Cow::Borrowed(piece),
        Cow::Owned(piece) => Cow::Owned(piece.trim().to_owned()),
    }
}

/// Returns a text without the characters that nobody sees, but with its white space.
pub(super) fn without_invisible(text: &str) -> Cow<'_, str> {
    let is_removed = |c: char| is_invisible(c) && !c.is_whitespace();
    if text.contains(is_removed) {
        Cow::Owned(text.replace(is_removed, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// The members of one collection while they are read, in order and each once.
#[derive(Default)]
pub(super) struct MemberCollector {
    members: Vec<String>,
    seen: HashSet<String>,
}

impl MemberCollector {
    /// Adds a piece as it is [`visible`], or reports the reason why not.
    pub(super) fn add(&mut self, line: usize, piece: &str, report: &mut Report) {
        let piece = visible(piece);
        if let Some(reason) = malformed_reason(&piece) {
            report.reject(line, &piece, reason);
        } else if self.seen.insert(piece.to_string()) {
            self.members.push(piece.into_owned());
            report.accepted += 1;
        } else {
            report.repeated += 1;
        }
    }

    pub(super) fn into_members(self) -> Vec<String> {
        self.members
    }
}
