//! Reads traits as people type and paste them: one per line, or separated by spaces, commas or semicolons.

use std::collections::HashSet;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Traits that the collection has not got, in the order written, each once.
    pub new: Vec<String>,
    /// How many are in the collection already or were written before.
    pub repeated: usize,
    /// What is not a trait.
    pub malformed: Vec<Malformed>,
}

/// A piece that is not a trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The line it stands in, from 1.
    pub line: usize,
    /// The piece.
    pub text: String,
}

/// Reads `written`, given the `members` that the collection has. Lines that begin with `#` are comments,
/// as in the files that GeneNetwork exports.
pub fn parse(written: &str, members: &[String]) -> Parsed {
    let mut known: HashSet<&str> = members.iter().map(String::as_str).collect();
    let mut parsed = Parsed::default();
    for (index, line) in written.lines().enumerate() {
        if line.trim_start().starts_with('#') {
            continue;
        }
        let pieces = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            if !is_trait(piece) {
                parsed.malformed.push(Malformed {
                    line: index + 1,
                    text: piece.to_owned(),
                });
            } else if known.insert(piece) {
                parsed.new.push(piece.to_owned());
            } else {
                parsed.repeated += 1;
            }
        }
    }
    parsed
}

/// Whether this is `trait:dataset`, perhaps with `:Temp` behind it.
fn is_trait(piece: &str) -> bool {
    piece.split_once(':').is_some_and(|(name, dataset)| {
        !name.is_empty() && !dataset.is_empty() && !dataset.starts_with(':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_any_of_the_usual_separators() {
        let parsed = parse("a:D b:D,c:D;\td:D\r\n\n e:D:Temp ,", &[]);
        assert_eq!(parsed.new, ["a:D", "b:D", "c:D", "d:D", "e:D:Temp"]);
        assert_eq!((parsed.repeated, parsed.malformed.len()), (0, 0));
    }

    #[test]
    fn counts_what_is_there_and_what_is_written_twice() {
        let parsed = parse("a:D b:D b:D", &["a:D".to_owned()]);
        assert_eq!(
            (parsed.new.as_slice(), parsed.repeated),
            (["b:D".to_owned()].as_slice(), 2)
        );
    }

    #[test]
    fn names_the_line_of_what_is_not_a_trait() {
        let parsed = parse("a:D\nfoo :D x: ::\n", &[]);
        let malformed: Vec<_> = parsed
            .malformed
            .iter()
            .map(|m| (m.line, m.text.as_str()))
            .collect();
        assert_eq!(malformed, [(2, "foo"), (2, ":D"), (2, "x:"), (2, "::")]);
        assert_eq!(parsed.new, ["a:D"]);
    }

    #[test]
    fn passes_over_the_comments_of_an_export() {
        let parsed = parse(
            "# Collection Name: Liver\n# User E-mail: a@b.example\na:D\n",
            &[],
        );
        assert_eq!(parsed.new, ["a:D"]);
        assert!(parsed.malformed.is_empty());
    }
}
