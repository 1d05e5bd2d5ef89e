//! Collects the members of one collection from the pieces of a file.

use super::report::{MalformedReason, Report};
use crate::edit::check::{InvalidMember, check_member, is_invisible};
use std::borrow::Cow;
use std::collections::HashSet;

/// Returns the reason why a piece cannot be a member, if there is one.
pub(super) fn malformed_reason(piece: &str) -> Option<MalformedReason> {
    Some(match check_member(piece).err()? {
        InvalidMember::NotATrait => MalformedReason::NotATrait,
        InvalidMember::Invisible => MalformedReason::Invisible,
        InvalidMember::NoGroup => MalformedReason::NoGroup,
        InvalidMember::TooLong => MalformedReason::TooLong,
    })
}

/// Returns a piece without the characters that nobody sees, which web pages and editors add, and
/// without white space around it.
pub(super) fn visible(piece: &str) -> Cow<'_, str> {
    let is_removed = |c: char| is_invisible(c) && !c.is_whitespace();
    let piece = piece.trim();
    if !piece.contains(is_removed) {
        return Cow::Borrowed(piece);
    }
    Cow::Owned(piece.replace(is_removed, "").trim().to_owned())
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
