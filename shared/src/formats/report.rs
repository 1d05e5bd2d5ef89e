//! What became of what was written.

use serde::{Deserialize, Serialize};

/// How many malformed pieces are listed. The others are counted.
pub const LISTED: usize = 1_000;

/// How much of a malformed piece is shown, in characters.
const SHOWN: usize = 200;

/// What became of every piece of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Members taken.
    pub accepted: usize,
    /// Members passed over because they are in the collection already, or stand earlier in it.
    pub repeated: usize,
    /// Members that carried GN2's signature, which is no part of a member.
    pub signed: usize,
    /// How many pieces are not what they should be.
    pub malformed: usize,
    /// The first [`LISTED`] of these.
    pub listed: Vec<Malformed>,
}

/// A piece that is not what it should be, and was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Malformed {
    /// The line it stands in, from 1.
    pub line: usize,
    /// The piece, or its beginning.
    pub text: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a piece was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is not written as `trait:dataset`.
    NotATrait,
    /// It is longer than accounts take ([`crate::edit::check::MAX_CHARACTERS`]).
    TooLong,
    /// In JSON: a member that is no text.
    NotText,
    /// In JSON: an entry that is no object with a list of members.
    NotACollection,
    /// In a table: a row with other columns than the first row names.
    OtherColumns,
}

impl Report {
    /// Notes a piece that is left out.
    pub fn refuse(&mut self, line: usize, text: &str, reason: Reason) {
        self.malformed += 1;
        if self.listed.len() < LISTED {
            let end = text.char_indices().nth(SHOWN).map(|(end, _)| end);
            self.listed.push(Malformed {
                line,
                text: match end {
                    Some(end) => format!("{}…", &text[..end]),
                    None => text.to_owned(),
                },
                reason,
            });
        }
    }
}
