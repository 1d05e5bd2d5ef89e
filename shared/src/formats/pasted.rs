//! Traits as people type and paste them: one on each line, or separated by spaces, commas or
//! semicolons, with quotes and brackets around them, as links to GeneNetwork's pages, or as a table
//! whose header names its columns. Lines that begin with `#` are comments, as in the files that GN2
//! exports.

use super::link;
use super::member_collector::{visible, without_invisible};
use super::pieces::{Piece, pieces};
use super::refusal::{is_bare_id, malformed_reason};
use super::report::{MalformedReason, Report};
use super::signature::remove_signature;
use super::table::{Columns, Header, header};
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
    reader.text(text);
    reader.done()
}

/// Reads a text line by line, for callers that cannot read all at once.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    known: HashSet<Cow<'a, str>>,
    /// The dataset of ids without one.
    dataset: Option<&'a str>,
    line: usize,
    place: Place,
    pasted: PastedTraits,
    /// The traits of links before the first table.
    linked: Vec<String>,
}

/// The part of a text that a line belongs to.
#[derive(Debug, Clone, Copy, Default)]
enum Place {
    #[default]
    Start,
    List,
    Table(Columns),
    /// The values of one trait, which are no traits.
    Values,
    WebPage,
}

impl<'a> Reader<'a> {
    /// Adds members that the collection has.
    pub fn knows(&mut self, members: &'a [String]) {
        self.known
            .extend(members.iter().map(|member| Cow::Borrowed(member.as_str())));
    }

    /// Sets the dataset of ids without one. A blank one counts as none.
    pub fn default_dataset(&mut self, dataset: &'a str) {
        self.dataset = Some(dataset.trim()).filter(|dataset| !dataset.is_empty());
    }

    /// Reads all lines of a text.
    pub fn text(&mut self, text: &str) {
        // `lines` does not know the line ends of older Macs.
        if text.contains('\r') && !text.contains('\n') {
            text.split('\r').for_each(|line| self.line(line));
        } else {
            text.lines().for_each(|line| self.line(line));
        }
    }

    /// Reads the next line.
    pub fn line(&mut self, line: &str) {
        self.line += 1;
        let line = without_invisible(line);
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') || matches!(self.place, Place::WebPage) {
            return;
        }
        if matches!(self.place, Place::Start) && link::is_web_page(trimmed) {
            self.place = Place::WebPage;
            self.reject(trimmed, MalformedReason::WebPage);
            return;
        }
        match header(&line) {
            Some(Header::Traits(columns)) => self.begin_table(Place::Table(columns)),
            Some(Header::Values) => self.begin_table(Place::Values),
            Some(Header::Title) if matches!(self.place, Place::Start) => self.place = Place::List,
            _ => match self.place {
                Place::Table(columns) => self.row(columns, &line),
                Place::Values | Place::WebPage => {}
                Place::Start | Place::List => {
                    self.place = Place::List;
                    self.list_line(trimmed);
                }
            },
        }
    }

    /// Begins a table. Words above the first one are remarks, unless they are traits alone.
    fn begin_table(&mut self, place: Place) {
        let is_first = matches!(self.place, Place::List);
        let has_remarks = self.pasted.report.malformed > 0 || matches!(place, Place::Values);
        if is_first && has_remarks {
            let linked = std::mem::take(&mut self.linked);
            let (kept, remarks) = std::mem::take(&mut self.pasted.new)
                .into_iter()
                .partition(|member| linked.contains(member));
            let remarks: Vec<String> = remarks;
            for remark in &remarks {
                self.known.remove(remark.as_str());
            }
            self.pasted.new = kept;
            self.pasted.report = Report {
                accepted: self.pasted.new.len(),
                ..Report::default()
            };
        }
        self.place = place;
    }

    fn row(&mut self, columns: Columns, line: &str) {
        let cells = columns.cells(line);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Some(member) = link::traits_of_links(line).into_iter().next() {
            return self.take(member);
        }
        let Some(cells) = columns.trait_cells(&cells) else {
            return self.reject(line.trim(), MalformedReason::OtherColumns);
        };
        match cells.dataset {
            _ if cells.id.contains(':') => self.piece(&cells.id),
            Some(name) if name.contains(char::is_whitespace) => {
                self.reject(&name, MalformedReason::LongDatasetName);
            }
            Some(dataset) => self.take(format!("{}:{dataset}", cells.id)),
            None => self.bare_id(&cells.id),
        }
    }

    fn list_line(&mut self, line: &str) {
        for piece in pieces(line) {
            match piece {
                Piece::Linked(member) => {
                    self.linked.push(member.clone());
                    self.take(member);
                }
                Piece::Text(text) => self.piece(&text),
            }
        }
    }

    fn piece(&mut self, piece: &str) {
        let member = remove_signature(piece, &mut self.pasted.report).to_owned();
        if is_bare_id(&member) {
            self.bare_id(&member);
        } else {
            self.take(member);
        }
    }

    /// Takes an id with the default dataset.
    fn bare_id(&mut self, id: &str) {
        self.pasted.report.bare_ids += 1;
        match self.dataset {
            Some(dataset) => self.take(format!("{id}:{dataset}")),
            None => self.reject(id, MalformedReason::DatasetMissing),
        }
    }

    fn take(&mut self, member: String) {
        let member = match visible(&member) {
            Cow::Borrowed(_) => member,
            Cow::Owned(visible) => visible,
        };
        if let Some(reason) = malformed_reason(&member) {
            self.reject(&member, reason);
        } else if self.known.insert(Cow::Owned(member.clone())) {
            self.pasted.new.push(member);
            self.pasted.report.accepted += 1;
        } else {
            self.pasted.report.repeated += 1;
        }
    }

    fn reject(&mut self, text: &str, reason: MalformedReason) {
        self.pasted.report.reject(self.line, text, reason);
    }

    /// Returns the traits and the report.
    pub fn done(self) -> PastedTraits {
        self.pasted
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

    #[test]
    fn columns_named_by_a_header_are_read() {
        let read = read(
            "Some remark: 15:27\nDataset;Record\nBXDPublish;10710\n;\nA long (name);1\nBXDPublish\n",
            &[],
        );
        assert_eq!(read.new, ["10710:BXDPublish"]);
        let reasons: Vec<_> = read
            .report
            .listed
            .iter()
            .map(|one| (one.line, one.reason))
            .collect();
        assert_eq!(
            reasons,
            [
                (5, MalformedReason::LongDatasetName),
                (6, MalformedReason::OtherColumns)
            ]
        );
    }

    #[test]
    fn ids_without_a_dataset_get_the_default_one() {
        let mut reader = Reader::default();
        reader.text("10710, 1435464_at\n2-Sep Pgk1 10:30");
        let without = reader.done();
        assert_eq!((without.report.bare_ids, without.new.len()), (2, 0));
        assert_eq!(
            without.report.listed[0].reason,
            MalformedReason::DatasetMissing
        );
        let mut reader = Reader::default();
        reader.default_dataset(" HC ");
        reader.text("10710, 1435464_at\n2-Sep Pgk1 10:30");
        let with = reader.done();
        assert_eq!(with.new, ["10710:HC", "1435464_at:HC"]);
        assert_eq!((with.report.bare_ids, with.report.malformed), (2, 3));
    }

    #[test]
    fn web_page_is_refused_as_a_whole() {
        let read = read("<!DOCTYPE html>\n<style>body{margin:0}</style>\na:D", &[]);
        assert_eq!((read.new.len(), read.report.malformed), (0, 1));
        assert_eq!(read.report.listed[0].reason, MalformedReason::WebPage);
    }
}
