//! Which pieces of a file become members of a collection.

use super::report::{Reason, Report};
use crate::edit::check::{self, MAX_CHARACTERS};
use std::collections::HashSet;

/// Whether a piece can be a member.
pub(super) fn wrong(piece: &str) -> Option<Reason> {
    if !check::is_trait(piece) {
        Some(Reason::NotATrait)
    } else if piece.len() > MAX_CHARACTERS && piece.chars().count() > MAX_CHARACTERS {
        Some(Reason::TooLong)
    } else {
        None
    }
}

/// The members of one collection while they are read.
#[derive(Default)]
pub(super) struct Members {
    kept: Vec<String>,
    seen: HashSet<String>,
}

impl Members {
    /// Takes a piece, trimmed as everywhere, or notes why not.
    pub(super) fn take(&mut self, line: usize, piece: &str, report: &mut Report) {
        let piece = piece.trim();
        if let Some(reason) = wrong(piece) {
            report.refuse(line, piece, reason);
        } else if self.seen.insert(piece.to_owned()) {
            self.kept.push(piece.to_owned());
            report.accepted += 1;
        } else {
            report.repeated += 1;
        }
    }

    /// The members in the order in which they came.
    pub(super) fn done(self) -> Vec<String> {
        self.kept
    }
}
