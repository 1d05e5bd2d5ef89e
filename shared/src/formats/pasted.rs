//! Traits as people type and paste them: one on each line, or separated by spaces, commas or
//! semicolons. Lines that begin with `#` are comments, as in the files that GN2 exports.

use super::formula::unescape_formula;
use super::gn2_csv::remove_signature;
use super::member_collector::{malformed_reason, visible};
use super::report::Report;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashSet;

/// The traits of a pasted text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedTraits {
    /// The traits that the collection lacks, in the order of the text, each once.
    pub new: Vec<String>,
    /// The report about every piece.
    pub report: Report,
}

/// Reads a text, given the `members` of the collection.
pub fn read(text: &str, members: &[String]) -> PastedTraits {
    let mut reader = Reader::default();
    reader.knows(members);
    for line in text.lines() {
        reader.line(line);
    }
    reader.done()
}

/// Reads a text line by line, for callers that cannot read all at once.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    known: HashSet<Cow<'a, str>>,
    line: usize,
    pasted: PastedTraits,
}

impl<'a> Reader<'a> {
    /// Adds members that the collection has.
    pub fn knows(&mut self, members: &'a [String]) {
        self.known
            .extend(members.iter().map(|member| Cow::Borrowed(member.as_str())));
    }

    /// Reads the next line.
    pub fn line(&mut self, line: &'a str) {
        self.line += 1;
        if line.trim_start().starts_with('#') {
            return;
        }
        let PastedTraits { new, report } = &mut self.pasted;
        let pieces = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        for piece in pieces.map(visible).filter(|piece| !piece.is_empty()) {
            let piece = without_decoration(piece, report);
            if let Some(reason) = malformed_reason(&piece) {
                report.reject(self.line, &piece, reason);
            } else if self.known.insert(piece.clone()) {
                new.push(piece.into_owned());
                report.accepted += 1;
            } else {
                report.repeated += 1;
            }
        }
    }

    /// Returns the traits and the report.
    pub fn done(self) -> PastedTraits {
        self.pasted
    }
}

/// Returns a piece without the escapes of our files and without GN2's signature.
fn without_decoration<'a>(piece: Cow<'a, str>, report: &mut Report) -> Cow<'a, str> {
    match piece {
        Cow::Borrowed(piece) => match unescape_formula(piece) {
            Cow::Borrowed(piece) => Cow::Borrowed(remove_signature(piece, report)),
            Cow::Owned(piece) => Cow::Owned(remove_signature(&piece, report).to_owned()),
        },
        Cow::Owned(piece) => {
            Cow::Owned(remove_signature(&unescape_formula(&piece), report).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{MalformedPiece, MalformedReason};

    #[test]
    fn usual_separators_are_accepted() {
        let read = read("a:D b:D,c:D;\td:D\r\n\n e_1_BXD:Temp ,", &[]);
        assert_eq!(read.new, ["a:D", "b:D", "c:D", "d:D", "e_1_BXD:Temp"]);
        assert_eq!((read.report.repeated, read.report.malformed), (0, 0));
    }

    #[test]
    fn existing_and_repeated_traits_are_counted() {
        let read = read("a:D b:D b:D", &["a:D".to_owned()]);
        assert_eq!(read.new, ["b:D"]);
        assert_eq!((read.report.accepted, read.report.repeated), (1, 2));
    }

    #[test]
    fn malformed_piece_has_its_line() {
        let read = read("a:D\nfoo :D x: ::\n", &[]);
        let piece = |text: &str| MalformedPiece {
            line: 2,
            text: text.to_owned(),
            reason: MalformedReason::NotATrait,
        };
        assert_eq!(
            read.report.listed,
            [piece("foo"), piece(":D"), piece("x:"), piece("::")]
        );
    }

    #[test]
    fn comments_are_skipped_and_signatures_removed() {
        let read = read(
            "# Collection Name: x:y\r\na:D:0123456789abcdef0123\r\n",
            &[],
        );
        assert_eq!(read.new, ["a:D"]);
        assert_eq!(read.report.signed, 1);
    }
}
