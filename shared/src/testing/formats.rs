//! Collections with difficult text for files, and the laws of every format.
//!
//! Native property tests and those in the browser share this module.

use super::byte_source::ByteSource;
use crate::edit::check::{check_member, is_invisible};
use crate::formats::gn2_csv::{self, Header};
use crate::formats::{Export, FileCollection, FileError, Format, detect, write};
use crate::timestamp::Timestamp;
use crate::trait_signature::TraitSigner;
use std::collections::BTreeMap;
use std::collections::HashSet;

/// Pieces of names: the syntax of the formats, formulas, other scripts and white space.
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

/// Makes a text of up to six pieces.
fn text(random: &mut ByteSource<'_>) -> String {
    (0..random.below(7)).map(|_| random.pick(&PIECES)).collect()
}

/// Makes a valid member.
fn member(random: &mut ByteSource<'_>) -> String {
    let mut part = || -> String {
        let is_kept = |c: &char| *c != ':' && !c.is_whitespace() && !is_invisible(*c);
        text(random).chars().filter(is_kept).collect()
    };
    let member = format!("{}1:D{}", part(), part());
    assert_eq!(check_member(&member), Ok(()), "{member:?}");
    member
}

/// Makes a collection for a file.
fn collection(random: &mut ByteSource<'_>) -> FileCollection {
    let mut seen = HashSet::new();
    let at = |random: &mut ByteSource<'_>| {
        let seconds = i64::try_from(random.below(256)).unwrap_or_default() * 12_345_678;
        (!random.one_in(4)).then(|| Timestamp::from_unix(seconds).unwrap_or(Timestamp::EPOCH))
    };
    let note = text(random);
    FileCollection {
        name: text(random),
        note: (!note.is_empty()).then_some(note),
        created: at(random),
        changed: at(random),
        members: (0..random.below(9))
            .map(|_| member(random))
            .filter(|member| seen.insert(member.clone()))
            .collect(),
    }
}

/// Returns the data of a collection that a format can store.
fn storable(format: Format, collection: &FileCollection) -> FileCollection {
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

/// Checks that collections are read back as they were written, and that the report has no defects.
///
/// # Panics
/// When the law is broken.
pub fn round_trip(format: Format, bytes: &[u8]) {
    let random = &mut ByteSource::new(bytes);
    let collections: Vec<FileCollection> =
        (0..=random.below(3)).map(|_| collection(random)).collect();
    // Some members are signed.
    let members = collections.iter().flat_map(|one| one.members.clone());
    let members = members.filter(|_| random.below(2) == 0);
    let export = Export {
        email: None,
        at: Timestamp::EPOCH,
        signatures: TraitSigner::new(b"secret").sign_all(members),
    };
    let written = write(format, &collections, &export);
    let file = format!("export.{}", format.extension());
    assert_eq!(detect::detect(&file, &written), Some(format), "{written:?}");
    let read = crate::formats::read(&file, written.as_bytes(), "");
    // Nobody is offered a collection without members.
    let expected: Vec<FileCollection> = collections
        .iter()
        .filter(|one| !one.members.is_empty())
        .map(|one| storable(format, one))
        .collect();
    if expected.is_empty() {
        assert_eq!(read, Err(FileError::Empty), "{written:?}");
        return;
    }
    let read = read.expect("a file that was just written");
    assert_eq!(read.report.empty, collections.len() - expected.len());
    assert_eq!(read.collections, expected, "{written:?}");
    let members: usize = expected.iter().map(|one| one.members.len()).sum();
    assert_eq!(read.report.accepted, members);
    assert_eq!((read.report.repeated, read.report.malformed), (0, 0));
}

/// Checks that a file of GN2 is written back byte for byte.
///
/// # Panics
/// When the law is broken.
pub fn gn2_bytes(bytes: &[u8]) {
    let random = &mut ByteSource::new(bytes);
    let collection = storable(Format::Gn2Csv, &collection(random));
    let header = Header {
        email: text(random),
        time: text(random),
    };
    let written = gn2_csv::write(&collection, &header, &BTreeMap::new());
    let (sections, report) = gn2_csv::read(&written);
    assert_eq!(report.malformed, 0);
    assert_eq!(sections.len(), 1);
    assert_eq!(sections[0].collection, collection, "{written:?}");
    assert_eq!(sections[0].header, header, "{written:?}");
    assert_eq!(
        gn2_csv::write(
            &sections[0].collection,
            &sections[0].header,
            &BTreeMap::new()
        ),
        written
    );
}

/// Checks that the report counts every member of any file.
///
/// # Panics
/// When the law is broken.
pub fn any_file(bytes: &[u8]) {
    let random = &mut ByteSource::new(bytes);
    let content: String = (0..random.below(60)).map(|_| text(random)).collect();
    for file in ["a.gmt", "a.txt"] {
        if let Ok(read) = crate::formats::read(file, content.as_bytes(), "") {
            let kept: usize = read.collections.iter().map(|one| one.members.len()).sum();
            assert_eq!(read.report.accepted, kept);
            assert!(read.report.listed.len() <= read.report.malformed);
        }
    }
}
