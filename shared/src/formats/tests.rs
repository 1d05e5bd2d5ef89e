//! Tests of every format on files of other programs, and of the laws of
//! [`crate::testing::formats`].

use super::gn2_csv::Section;
use super::*;
use crate::testing::formats as laws;
use crate::timestamp::Timestamp;
use crate::trait_signature::TraitSigner;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A file made by GN2's own `export_collection` with Python 3 and the clock at 2019-11-12 15:27.
const FROM_GN2: &str = include_str!("fixtures/gn2-export.csv");
/// A file of GN2, whose name and members Python's `csv` quotes.
const QUOTED_BY_GN2: &str = include_str!("fixtures/gn2-export-quoted.csv");
/// A file of GN2 with the signatures that its page adds to each row.
const SIGNED_BY_GN2: &str = include_str!("fixtures/gn2-export-signed.csv");

fn members(reading: &ParsedFile) -> Vec<Vec<&str>> {
    let collections = reading.collections.iter();
    collections
        .map(|one| one.members.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn gn2_export_is_written_back_byte_for_byte() {
    for (file, name) in [
        (FROM_GN2, "My  Liver collection"),
        (QUOTED_BY_GN2, "Liver, \"old\" =1+1"),
    ] {
        let (sections, report) = gn2_csv::read(file);
        assert_eq!(
            (sections.len(), report.malformed, report.repeated),
            (1, 0, 0)
        );
        assert_eq!(sections[0].collection.name, name);
        assert_eq!(
            gn2_csv::write(
                &sections[0].collection,
                &sections[0].header,
                &BTreeMap::new()
            ),
            file
        );
    }
}

#[test]
fn export_has_the_header_of_gn2() {
    let export = Export {
        email: Some("ada@example.org".to_owned()),
        at: Timestamp::parse_stored("Nov 12 2019 03:27PM").expect("a time"),
        signatures: BTreeMap::new(),
    };
    let collection = FileCollection {
        name: "My  Liver collection".to_owned(),
        members: vec![
            "1435464_at:HC_M2_0606_P".to_owned(),
            "10710:BXDPublish".to_owned(),
            "PCA_1_BXD_2019:Temp".to_owned(),
        ],
        ..FileCollection::default()
    };
    assert_eq!(write(Format::Gn2Csv, &[collection], &export), FROM_GN2);
    assert_eq!(
        Format::Gn2Csv.file_name("My  Liver collection"),
        "My_Liver_collection.csv"
    );
}

#[test]
fn export_without_a_user_has_n_a_as_its_address() {
    let at = Timestamp::EPOCH;
    let text = write(
        Format::Gn2Csv,
        &[FileCollection::default()],
        &Export {
            email: None,
            at,
            signatures: BTreeMap::new(),
        },
    );
    assert_eq!(
        text,
        "# Collection Name: \r\n# User E-mail: N/A\r\n# Time/Date: 00:00 (UTC) 01/01/70\r\n"
    );
}

#[test]
fn signed_members_are_written_as_gn2_writes_them() {
    let (sections, _) = gn2_csv::read(SIGNED_BY_GN2);
    let Section { collection, header } = &sections[0];
    let signatures = TraitSigner::new(b"secret").sign_all(collection.members.clone());
    assert_eq!(
        gn2_csv::write(collection, header, &signatures),
        SIGNED_BY_GN2
    );
}

#[test]
fn signatures_are_removed_and_counted() {
    let (sections, report) = gn2_csv::read(SIGNED_BY_GN2);
    assert_eq!(
        sections[0].collection.members,
        gn2_csv::read(FROM_GN2).0[0].collection.members
    );
    assert_eq!((report.signed, report.accepted), (3, 3));
}

#[test]
fn malformed_pieces_are_listed_with_their_lines() {
    let file = "# Collection Name: x\r\na:D\r\nfoo\r\n\"b,c:D\"\r\n\"d\ne:D\"\r\n\"open\r\na:D\r\n,e:D\r\n";
    let reading = gn2_csv::read_file(file);
    assert_eq!(members(&reading), [["a:D", "b,c:D", "e:D"]]);
    let listed = reading.report.listed.iter();
    let listed: Vec<_> = listed
        .map(|one| (one.line, one.text.as_str(), one.reason))
        .collect();
    assert_eq!(
        listed,
        [
            (3, "foo", MalformedReason::NotATrait),
            (5, "d\ne:D", MalformedReason::Invisible),
            (7, "\"open", MalformedReason::NotATrait)
        ]
    );
    assert_eq!(reading.report.repeated, 1);
}

#[test]
fn table_rows_are_grouped_by_name() {
    let file = "collection\ttrait\tdataset\r\nA\t1\tD\r\nB\t2\tD\r\nA\t3\tD\t\t\r\nshort\t1\r\nA\t1\tD\r\nEmpty\t\t\r\n";
    let reading = read("x.tsv", file.as_bytes(), "").expect("a table");
    let names: Vec<&str> = reading
        .collections
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(members(&reading), [vec!["1:D", "3:D"], vec!["2:D"]]);
    assert_eq!(reading.report.empty, 1);
    assert_eq!((reading.report.repeated, reading.report.malformed), (1, 1));
    assert_eq!(
        reading.report.listed[0].reason,
        MalformedReason::OtherColumns
    );
    assert_eq!(reading.report.listed[0].line, 5);
}

#[test]
fn gene_sets_of_other_programs_are_read() {
    let file = "HALLMARK\thttp://example.org\t1:D\t2:D\t\r\nSECOND\tna\tnone\t3:D\n";
    let reading = read("sets.txt", file.as_bytes(), "").expect("gene sets");
    assert_eq!(members(&reading), [vec!["1:D", "2:D"], vec!["3:D"]]);
    assert_eq!(
        reading.collections[0].note.as_deref(),
        Some("http://example.org")
    );
    assert_eq!(reading.report.listed[0].text, "none");
    assert_eq!(reading.report.listed[0].line, 2);
}

#[test]
fn json_of_every_source_is_read_with_line_numbers() {
    let saved_after_a_failure = r#"{
  "collections": [
    {"id": "1", "name": "A", "created": "2019-11-12T15:27:00Z", "members": ["a:D",
      "foo", 7, "a:D"]},
    "no collection"
  ],
  "settings": []
}"#;
    let reading = read("x.json", saved_after_a_failure.as_bytes(), "").expect("JSON");
    assert_eq!(members(&reading), [["a:D"]]);
    assert_eq!(reading.report.repeated, 1);
    let listed = reading.report.listed.iter();
    let listed: Vec<_> = listed.map(|one| (one.line, one.reason)).collect();
    assert_eq!(
        listed,
        [
            (4, MalformedReason::NotATrait),
            (4, MalformedReason::NotText),
            (5, MalformedReason::NotACollection)
        ]
    );
    let stored_by_gn2 =
        r#" [{"name": "B", "created_timestamp": "Nov 12 2019 03:27PM", "members": ["a:D"]}]"#;
    let reading = read("", stored_by_gn2.as_bytes(), "").expect("JSON");
    assert_eq!(
        reading.collections[0].created.map(Timestamp::unix),
        Some(1_573_572_420)
    );
}

#[test]
fn unreadable_file_has_a_reason() {
    let large = vec![b' '; detect::MAX_BYTES as usize + 1];
    for (name, content, error) in [
        ("x", &b"\xff\xfea"[..], FileError::NotText),
        ("x", b"a\0b", FileError::NotText),
        ("x.json", b"{\"a\": 1}", FileError::NotCollections),
        ("x.json", b"{", FileError::NotCollections),
        ("x", &large, FileError::TooLarge),
        ("x", b"", FileError::Empty),
        ("x", b"# only a remark", FileError::Empty),
        ("x.csv", b"# Collection Name: A\r\n", FileError::Empty),
        ("x", b"<html><body>a:D", FileError::NotAList),
        ("x.gmt", b"A\tna\tPgk1\tpdk1\n", FileError::NoTraits),
        ("x", b"Pgk1 Pdk1", FileError::NoTraits),
    ] {
        assert_eq!(read(name, content, ""), Err(error), "{name}");
    }
    let many = "n\tx\t1:D\n".repeat(detect::MAX_COLLECTIONS + 1);
    assert_eq!(
        read("x.gmt", many.as_bytes(), ""),
        Err(FileError::TooManyCollections)
    );
}

#[test]
fn plain_list_is_a_collection_without_a_name() {
    let reading = read("list.txt", "\u{feff}1:D, 2:D\n3:D".as_bytes(), "").expect("a list");
    assert_eq!(members(&reading), [["1:D", "2:D", "3:D"]]);
    assert_eq!(reading.collections[0].name, "");
}

#[test]
fn long_report_lists_the_first_pieces_and_counts_the_rest() {
    let text = "x ".repeat(report::MAX_LISTED + 5);
    let read = pasted::read(&text, &[]);
    assert_eq!(read.report.malformed, report::MAX_LISTED + 5);
    assert_eq!(read.report.listed.len(), report::MAX_LISTED);
    let long = pasted::read(&"y".repeat(5_000), &[]);
    assert_eq!(long.report.listed[0].text.chars().count(), 201);
    let too_long = pasted::read(&format!("{}:D", "é".repeat(500)), &[]);
    assert_eq!(too_long.report.listed[0].reason, MalformedReason::TooLong);
}

#[test]
fn members_that_genenetwork_cannot_show_are_refused_in_every_format() {
    let refused = [
        ("nonsense", MalformedReason::NotATrait),
        ("a:D:Temp", MalformedReason::NotATrait),
        ("a b:D", MalformedReason::Invisible),
        ("a_b:Temp", MalformedReason::NoGroup),
    ];
    let collection = FileCollection {
        name: "old".to_owned(),
        members: refused.map(|(member, _)| member.to_owned()).to_vec(),
        ..FileCollection::default()
    };
    let export = Export {
        email: None,
        at: Timestamp::EPOCH,
        signatures: BTreeMap::new(),
    };
    for format in Format::ALL {
        let file = format!("x.{}", format.extension());
        let written = write(format, std::slice::from_ref(&collection), &export);
        let reading = crate::formats::read(&file, written.as_bytes(), "").expect("a file");
        let listed = reading.report.listed.iter();
        let listed: Vec<_> = listed.map(|one| one.reason).collect();
        assert_eq!(listed, refused.map(|(_, reason)| reason), "{written}");
        assert_eq!(reading.report.accepted, 0);
    }
    let pasted = pasted::read("nonsense, a:D:Temp, a_b:Temp", &[]);
    assert_eq!((pasted.report.malformed, pasted.new.len()), (3, 0));
}

#[test]
fn invisible_characters_are_removed_and_found_to_be_repeated() {
    // As in `cases/invisible.txt`: zero-width space, byte order mark, soft hyphen.
    let text = "1_at:HC\n1_at:HC\u{200b}\n\u{feff}1_at:HC\n1_\u{ad}at:HC\n";
    let read = read("x.txt", text.as_bytes(), "").expect("a list");
    assert_eq!(members(&read), [["1_at:HC"]]);
    assert_eq!((read.report.repeated, read.report.malformed), (3, 0));
    let file = format!("# Collection Name: x\r\n{}", text.replace('\n', "\r\n"));
    let read = gn2_csv::read_file(&file);
    assert_eq!(members(&read), [["1_at:HC"]]);
    assert_eq!(read.report.repeated, 3);
}

#[test]
fn cells_of_a_spreadsheet_cannot_become_formulas() {
    let collection = FileCollection {
        name: "a;=1+1\t@x".to_owned(),
        members: vec!["=1;=2:D".to_owned(), "x\",-1:D".to_owned()],
        ..FileCollection::default()
    };
    let export = Export {
        email: None,
        at: Timestamp::EPOCH,
        signatures: BTreeMap::new(),
    };
    let collections = [collection];
    assert_eq!(
        write(Format::Gn2Csv, &collections, &export),
        "\"# Collection Name: a;'=1+1\t'@x\"\r\n# User E-mail: N/A\r\n# Time/Date: 00:00 (UTC) 01/01/70\r\n\"'=1;'=2:D\"\r\n\"x\"\",'-1:D\"\r\n"
    );
    let name = "\"a;'=1+1\\t'@x\"";
    assert_eq!(
        write(Format::Tsv, &collections, &export),
        format!("collection\ttrait\tdataset\n{name}\t\"'=1;'=2\"\tD\n{name}\t\"x\"\",'-1\"\tD\n")
    );
    assert_eq!(
        write(Format::Gmt, &collections, &export),
        "a;'=1+1\\t'@x\t\t'=1;'=2:D\tx\",'-1:D\n"
    );
}

#[test]
fn file_names_are_valid_on_every_file_system() {
    assert_eq!(Format::Tsv.file_name("a/b: c\u{7}"), "a_b__c_.tsv");
    assert_eq!(Format::Json.file_name("  "), "collection.json");
    assert_eq!(Format::Gmt.file_name("..\\x"), "collection.._x.gmt");
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn gn2_csv_round_trips(bytes in bytes()) {
        laws::round_trip(Format::Gn2Csv, &bytes);
    }

    #[test]
    fn tsv_round_trips(bytes in bytes()) {
        laws::round_trip(Format::Tsv, &bytes);
    }

    #[test]
    fn json_round_trips(bytes in bytes()) {
        laws::round_trip(Format::Json, &bytes);
    }

    #[test]
    fn gmt_round_trips(bytes in bytes()) {
        laws::round_trip(Format::Gmt, &bytes);
    }

    #[test]
    fn gn2_csv_is_written_back_byte_for_byte(bytes in bytes()) {
        laws::gn2_bytes(&bytes);
    }

    #[test]
    fn every_piece_of_any_file_is_counted(bytes in bytes()) {
        laws::any_file(&bytes);
    }

    #[test]
    fn reader_never_panics(bytes in bytes()) {
        let _ = read("x", &bytes, "");
        let _ = read("x.gmt", &bytes, "");
    }
}
