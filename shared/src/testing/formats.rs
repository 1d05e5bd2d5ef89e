//! Collections for files, with everything in them that a format could trip over, and what must hold for every format.
//!
//! Native property tests and those in the browser share this.

use super::dice::Dice;
use crate::formats::gn2_csv::{self, Header};
use crate::formats::{Export, FileCollection, Format, detect, write};
use crate::timestamp::Timestamp;
use std::collections::HashSet;

/// Pieces of names: what the formats use themselves, formulas, other scripts, white space of every kind.
const PIECES: [&str; 28] = [
    "n",
    "Liver",
    "BXD",
    "0",
    "1",
    " ",
    ":",
    "#",
    "=",
    "+",
    "-",
    "@",
    "'",
    "\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\\",
    "\\t",
    "{",
    "[",
    "größe",
    "肝臓",
    "＝",
    "\u{feff}",
    "collection\ttrait\tdataset",
];

/// A text of up to six pieces.
fn text(dice: &mut Dice<'_>) -> String {
    (0..dice.below(7)).map(|_| dice.pick(&PIECES)).collect()
}

/// A member as the engine keeps them: trimmed, `trait:dataset`.
fn member(dice: &mut Dice<'_>) -> String {
    loop {
        let (name, dataset) = (text(dice), text(dice));
        let member = format!("{name}1:D{dataset}").trim().to_owned();
        // The dice may run out within a member that is none; then all pieces are empty, which is one.
        if crate::edit::check::is_trait(&member) {
            return member;
        }
    }
}

/// Any collection that can be in a file.
fn collection(dice: &mut Dice<'_>) -> FileCollection {
    let mut seen = HashSet::new();
    let at = |dice: &mut Dice<'_>| {
        let seconds = i64::try_from(dice.below(256)).unwrap_or_default() * 12_345_678;
        (!dice.one_in(4)).then(|| Timestamp::from_unix(seconds).unwrap_or(Timestamp::EPOCH))
    };
    let note = text(dice);
    FileCollection {
        name: text(dice),
        note: (!note.is_empty()).then_some(note),
        created: at(dice),
        changed: at(dice),
        members: (0..dice.below(9))
            .map(|_| member(dice))
            .filter(|member| seen.insert(member.clone()))
            .collect(),
    }
}

/// What a format holds of a collection.
fn held(format: Format, collection: &FileCollection) -> FileCollection {
    let FileCollection { name, members, .. } = collection.clone();
    match format {
        Format::Json => collection.clone(),
        Format::Gmt => FileCollection {
            name,
            members,
            note: collection.note.clone(),
            ..FileCollection::default()
        },
        Format::Gn2Csv | Format::Tsv => FileCollection {
            name,
            members,
            ..FileCollection::default()
        },
    }
}

/// What is written is read back as it was, and nothing of it is repeated or malformed.
///
/// # Panics
/// When that is not so.
pub fn round_trip(format: Format, bytes: &[u8]) {
    let dice = &mut Dice::new(bytes);
    let collections: Vec<FileCollection> = (0..=dice.below(3)).map(|_| collection(dice)).collect();
    let export = Export {
        email: None,
        at: Timestamp::EPOCH,
    };
    let written = write(format, &collections, &export);
    let file = format!("export.{}", format.extension());
    assert_eq!(detect::detect(&file, &written), Some(format), "{written:?}");
    let read =
        crate::formats::read(&file, written.as_bytes()).expect("a file that was just written");
    let expected: Vec<FileCollection> = collections.iter().map(|one| held(format, one)).collect();
    assert_eq!(read.collections, expected, "{written:?}");
    let members: usize = expected.iter().map(|one| one.members.len()).sum();
    assert_eq!(read.report.accepted, members);
    assert_eq!((read.report.repeated, read.report.malformed), (0, 0));
}

/// A file that GN2 made, and the same read and written again, are the same bytes. No spreadsheet gets to see a formula.
///
/// # Panics
/// When that is not so.
pub fn gn2_bytes(bytes: &[u8]) {
    let dice = &mut Dice::new(bytes);
    let collection = held(Format::Gn2Csv, &collection(dice));
    let header = Header {
        email: text(dice),
        time: text(dice),
    };
    let written = gn2_csv::write(&collection, &header);
    let (sheets, report) = gn2_csv::read(&written);
    assert_eq!(report.malformed, 0);
    assert_eq!(sheets.len(), 1);
    assert_eq!(sheets[0].collection, collection, "{written:?}");
    assert_eq!(sheets[0].header, header, "{written:?}");
    assert_eq!(
        gn2_csv::write(&sheets[0].collection, &sheets[0].header),
        written
    );
}

/// Whatever a file holds, every piece of it is accounted for, and reading does not fail in any other way than it says.
///
/// # Panics
/// When that is not so.
pub fn any_file(bytes: &[u8]) {
    let dice = &mut Dice::new(bytes);
    let content: String = (0..dice.below(60)).map(|_| text(dice)).collect();
    for file in ["a.gmt", "a.txt"] {
        if let Ok(read) = crate::formats::read(file, content.as_bytes()) {
            let kept: usize = read.collections.iter().map(|one| one.members.len()).sum();
            assert_eq!(read.report.accepted, kept);
            assert!(read.report.listed.len() <= read.report.malformed);
        }
    }
}
