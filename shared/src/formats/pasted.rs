//! Traits as people type and paste them: one per line, or separated by spaces, commas or semicolons. Lines that begin
//! with `#` are comments, as in the files that GN2 exports.

use super::gn2_csv::unsigned;
use super::guard::unguarded;
use super::report::Report;
use super::sift::wrong;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pasted {
    /// Traits that the collection has not got, in the order written, each once.
    pub new: Vec<String>,
    /// What became of every piece.
    pub report: Report,
}

/// Reads `written`, given the `members` that the collection has.
pub fn read(written: &str, members: &[String]) -> Pasted {
    let mut reader = Reader::default();
    reader.knows(members);
    for line in written.lines() {
        reader.line(line);
    }
    reader.done()
}

/// Reads line by line, for those who cannot read all at once.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    known: HashSet<&'a str>,
    line: usize,
    pasted: Pasted,
}

impl<'a> Reader<'a> {
    /// The collection has these.
    pub fn knows(&mut self, members: &'a [String]) {
        self.known.extend(members.iter().map(String::as_str));
    }

    /// Takes the next line.
    pub fn line(&mut self, line: &'a str) {
        self.line += 1;
        if line.trim_start().starts_with('#') {
            return;
        }
        let Pasted { new, report } = &mut self.pasted;
        let pieces = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            let piece = unsigned(unguarded(piece), report);
            if let Some(reason) = wrong(piece) {
                report.refuse(self.line, piece, reason);
            } else if self.known.insert(piece) {
                new.push(piece.to_owned());
                report.accepted += 1;
            } else {
                report.repeated += 1;
            }
        }
    }

    /// What was read.
    pub fn done(self) -> Pasted {
        self.pasted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Malformed, Reason};

    #[test]
    fn takes_any_of_the_usual_separators() {
        let read = read("a:D b:D,c:D;\td:D\r\n\n e:D:Temp ,", &[]);
        assert_eq!(read.new, ["a:D", "b:D", "c:D", "d:D", "e:D:Temp"]);
        assert_eq!((read.report.repeated, read.report.malformed), (0, 0));
    }

    #[test]
    fn counts_what_is_there_and_what_is_written_twice() {
        let read = read("a:D b:D b:D", &["a:D".to_owned()]);
        assert_eq!(read.new, ["b:D"]);
        assert_eq!((read.report.accepted, read.report.repeated), (1, 2));
    }

    #[test]
    fn names_the_line_of_what_is_not_a_trait() {
        let read = read("a:D\nfoo :D x: ::\n", &[]);
        let piece = |text: &str| Malformed {
            line: 2,
            text: text.to_owned(),
            reason: Reason::NotATrait,
        };
        assert_eq!(
            read.report.listed,
            [piece("foo"), piece(":D"), piece("x:"), piece("::")]
        );
    }

    #[test]
    fn passes_over_comments_and_takes_off_signatures() {
        let read = read(
            "# Collection Name: x:y\r\na:D:0123456789abcdef0123\r\n",
            &[],
        );
        assert_eq!(read.new, ["a:D"]);
        assert_eq!(read.report.signed, 1);
    }
}
