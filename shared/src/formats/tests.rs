//! Every format on files that others made, and the laws of [`crate::testing::formats`] on thousands of cases.

use super::*;
use crate::testing::formats as laws;
use proptest::prelude::*;

/// Made by GN2's own lines (`export_collection`) with Python 3, its clock set to 2019-11-12 15:27.
const FROM_GN2: &str = include_str!("fixtures/gn2-export.csv");
/// The same for a name and members that Python's `csv` quotes.
const QUOTED_BY_GN2: &str = include_str!("fixtures/gn2-export-quoted.csv");
/// The same with the signatures that GN2's page puts behind each row.
const SIGNED_BY_GN2: &str = include_str!("fixtures/gn2-export-signed.csv");

fn members(reading: &Reading) -> Vec<Vec<&str>> {
    let collections = reading.collections.iter();
    collections
        .map(|one| one.members.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn gn2_exports_come_out_byte_for_byte_as_they_came_in() {
    for (file, name) in [
        (FROM_GN2, "My  Liver collection"),
        (QUOTED_BY_GN2, "Liver, \"old\" =1+1"),
    ] {
        let (sheets, report) = gn2_csv::read(file);
        assert_eq!((sheets.len(), report.malformed, report.repeated), (1, 0, 0));
        assert_eq!(sheets[0].collection.name, name);
        assert_eq!(
            gn2_csv::write(&sheets[0].collection, &sheets[0].header),
            file
        );
    }
}

#[test]
fn an_export_made_now_has_the_header_that_gn2_writes() {
    let export = Export {
        email: Some("ada@example.org".to_owned()),
        at: Timestamp::parse_stored("Nov 12 2019 03:27PM").expect("a time"),
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
fn nobody_is_signed_in_is_what_gn2_calls_n_a() {
    let at = Timestamp::EPOCH;
    let text = write(
        Format::Gn2Csv,
        &[FileCollection::default()],
        &Export { email: None, at },
    );
    assert_eq!(
        text,
        "# Collection Name: \r\n# User E-mail: N/A\r\n# Time/Date: 00:00 (UTC) 01/01/70\r\n"
    );
}

#[test]
fn signatures_are_taken_off_and_counted() {
    let (sheets, report) = gn2_csv::read(SIGNED_BY_GN2);
    assert_eq!(
        sheets[0].collection.members,
        gn2_csv::read(FROM_GN2).0[0].collection.members
    );
    assert_eq!((report.signed, report.accepted), (3, 3));
}

#[test]
fn every_piece_that_is_left_out_is_named_with_its_line() {
    let file = "# Collection Name: x\r\na:D\r\nfoo\r\n\"b,c\nd:D\"\r\n\"open\r\na:D\r\n,e:D\r\n";
    let reading = gn2_csv::reading(file);
    assert_eq!(members(&reading), [["a:D", "b,c\nd:D", "e:D"]]);
    let listed = reading.report.listed.iter();
    let listed: Vec<_> = listed
        .map(|one| (one.line, one.text.as_str(), one.reason))
        .collect();
    assert_eq!(
        listed,
        [
            (3, "foo", Reason::NotATrait),
            (6, "\"open", Reason::NotATrait)
        ]
    );
    assert_eq!(reading.report.repeated, 1);
}

#[test]
fn tables_are_grouped_by_name() {
    let file = "collection\ttrait\tdataset\r\nA\t1\tD\r\nB\t2\tD\r\nA\t3\tD\t\t\r\nshort\t1\r\nA\t1\tD\r\nEmpty\t\t\r\n";
    let reading = read("x.tsv", file.as_bytes()).expect("a table");
    let names: Vec<&str> = reading
        .collections
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B", "Empty"]);
    assert_eq!(members(&reading), [vec!["1:D", "3:D"], vec!["2:D"], vec![]]);
    assert_eq!((reading.report.repeated, reading.report.malformed), (1, 1));
    assert_eq!(reading.report.listed[0].reason, Reason::OtherColumns);
    assert_eq!(reading.report.listed[0].line, 5);
}

#[test]
fn gene_sets_of_others_are_read() {
    let file = "HALLMARK\thttp://example.org\t1:D\t2:D\t\r\nSECOND\tna\tnone\t3:D\n";
    let reading = read("sets.txt", file.as_bytes()).expect("gene sets");
    assert_eq!(members(&reading), [vec!["1:D", "2:D"], vec!["3:D"]]);
    assert_eq!(
        reading.collections[0].note.as_deref(),
        Some("http://example.org")
    );
    assert_eq!(reading.report.listed[0].text, "none");
    assert_eq!(reading.report.listed[0].line, 2);
}

#[test]
fn json_of_any_age_is_read_and_its_lines_are_known() {
    let saved_after_a_failure = r#"{
  "collections": [
    {"id": "1", "name": "A", "created": "2019-11-12T15:27:00Z", "members": ["a:D",
      "foo", 7, "a:D"]},
    "no collection"
  ],
  "settings": []
}"#;
    let reading = read("x.json", saved_after_a_failure.as_bytes()).expect("JSON");
    assert_eq!(members(&reading), [["a:D"]]);
    assert_eq!(reading.report.repeated, 1);
    let listed = reading.report.listed.iter();
    let listed: Vec<_> = listed.map(|one| (one.line, one.reason)).collect();
    assert_eq!(
        listed,
        [
            (4, Reason::NotATrait),
            (4, Reason::NotText),
            (5, Reason::NotACollection)
        ]
    );
    let stored_by_gn2 =
        r#" [{"name": "B", "created_timestamp": "Nov 12 2019 03:27PM", "members": []}]"#;
    let reading = read("", stored_by_gn2.as_bytes()).expect("JSON");
    assert_eq!(
        reading.collections[0].created.map(Timestamp::unix),
        Some(1_573_572_420)
    );
}

#[test]
fn what_cannot_be_read_at_all_says_why() {
    assert_eq!(read("x", b"\xff\xfea\0"), Err(Refused::NotText));
    assert_eq!(read("x", b"a\0b"), Err(Refused::NotText));
    assert_eq!(read("x.json", b"{\"a\": 1}"), Err(Refused::NotCollections));
    assert_eq!(read("x.json", b"{"), Err(Refused::NotCollections));
    assert_eq!(
        read("x", &vec![b' '; detect::MAX_BYTES as usize + 1]),
        Err(Refused::TooLarge)
    );
    let many = "n\tx\t1:D\n".repeat(detect::MAX_COLLECTIONS + 1);
    assert_eq!(
        read("x.gmt", many.as_bytes()),
        Err(Refused::TooManyCollections)
    );
}

#[test]
fn a_plain_list_is_a_collection_without_a_name() {
    let reading = read("list.txt", "\u{feff}1:D, 2:D\n3:D".as_bytes()).expect("a list");
    assert_eq!(members(&reading), [["1:D", "2:D", "3:D"]]);
    assert_eq!(reading.collections[0].name, "");
}

#[test]
fn a_long_report_lists_the_beginning_and_counts_the_rest() {
    let text = "x ".repeat(report::LISTED + 5);
    let read = pasted::read(&text, &[]);
    assert_eq!(read.report.malformed, report::LISTED + 5);
    assert_eq!(read.report.listed.len(), report::LISTED);
    let long = pasted::read(&"y".repeat(5_000), &[]);
    assert_eq!(long.report.listed[0].text.chars().count(), 201);
    let too_long = pasted::read(&format!("{}:D", "é".repeat(500)), &[]);
    assert_eq!(too_long.report.listed[0].reason, Reason::TooLong);
}

#[test]
fn file_names_are_such_that_a_file_system_takes_them() {
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
    fn gn2_csv_is_read_back_as_it_was(bytes in bytes()) {
        laws::round_trip(Format::Gn2Csv, &bytes);
    }

    #[test]
    fn tsv_is_read_back_as_it_was(bytes in bytes()) {
        laws::round_trip(Format::Tsv, &bytes);
    }

    #[test]
    fn json_is_read_back_as_it_was(bytes in bytes()) {
        laws::round_trip(Format::Json, &bytes);
    }

    #[test]
    fn gmt_is_read_back_as_it_was(bytes in bytes()) {
        laws::round_trip(Format::Gmt, &bytes);
    }

    #[test]
    fn gn2_csv_is_written_back_byte_for_byte(bytes in bytes()) {
        laws::gn2_bytes(&bytes);
    }

    #[test]
    fn any_file_is_accounted_for(bytes in bytes()) {
        laws::any_file(&bytes);
    }

    #[test]
    fn no_file_makes_the_reader_panic(bytes in bytes()) {
        let _ = read("x", &bytes);
        let _ = read("x.gmt", &bytes);
    }
}
