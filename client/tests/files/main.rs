//! The laws of file formats and set operations in a real browser, and large inputs.

#![cfg(target_arch = "wasm32")]

use js_sys::Date;
use shared::formats::{Export, FileCollection, Format, gn2_csv, pasted, write};
use shared::setops::{self, Operation, Region};
use shared::testing::{formats, setops as set_laws};
use shared::timestamp::Timestamp;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const CASES: u32 = 10_000;

/// Checks a law on pseudo-random bytes, which are the same in each run (Marsaglia's xorshift).
fn for_each_case(law: impl Fn(&[u8])) {
    let mut state = 0x9e37_79b9_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    for _ in 0..CASES {
        let length = usize::from(next());
        let bytes: Vec<u8> = (0..length).map(|_| next()).collect();
        law(&bytes);
    }
}

#[wasm_bindgen_test]
fn gn2_csv_survives_a_round_trip() {
    for_each_case(|bytes| formats::round_trip(Format::Gn2Csv, bytes));
    for_each_case(formats::gn2_bytes);
}

#[wasm_bindgen_test]
fn tsv_survives_a_round_trip() {
    for_each_case(|bytes| formats::round_trip(Format::Tsv, bytes));
}

#[wasm_bindgen_test]
fn json_survives_a_round_trip() {
    for_each_case(|bytes| formats::round_trip(Format::Json, bytes));
}

#[wasm_bindgen_test]
fn gmt_survives_a_round_trip() {
    for_each_case(|bytes| formats::round_trip(Format::Gmt, bytes));
}

#[wasm_bindgen_test]
fn every_piece_of_any_file_is_accounted_for() {
    for_each_case(formats::any_file);
}

#[wasm_bindgen_test]
fn the_laws_of_set_algebra_hold() {
    for_each_case(set_laws::algebra);
    for_each_case(set_laws::counts);
}

/// Returns 100,000 lines: one of a thousand is malformed, one of a hundred is repeated.
fn lines() -> String {
    let line = |n: u32| match n % 1_000 {
        7 => format!("nonsense{n}\n"),
        n if n % 100 == 0 => "first_at:HC_M2_0606_P\n".to_owned(),
        _ => format!("{n}_at:HC_M2_0606_P\n"),
    };
    (0..100_000).map(line).collect()
}

#[wasm_bindgen_test]
fn a_hundred_thousand_lines_are_read() {
    let text = lines();
    let start = Date::now();
    let read = pasted::read(&text, &["first_at:HC_M2_0606_P".to_owned()]);
    console_log!(
        "100,000 pasted lines: {} ms, unoptimised",
        Date::now() - start
    );
    assert_eq!(read.report.malformed, 100);
    assert_eq!(read.report.listed[1].line, 1_008);
    assert_eq!(read.report.repeated, 1_000);
    assert_eq!(read.new.len(), 98_900);

    let collection = FileCollection {
        name: "Large".to_owned(),
        members: read.new,
        ..FileCollection::default()
    };
    let export = Export {
        email: None,
        at: Timestamp::EPOCH,
        signatures: std::collections::BTreeMap::new(),
    };
    for format in Format::ALL {
        let start = Date::now();
        let file = write(format, std::slice::from_ref(&collection), &export);
        let back = shared::formats::read(&format.file_name("Large"), file.as_bytes(), "");
        console_log!(
            "98,900 members as {format:?}: {} ms, unoptimised",
            Date::now() - start
        );
        assert!(back.expect("a file").collections == std::slice::from_ref(&collection));
    }
    assert_eq!(gn2_csv::read(&lines()).1.malformed, 100);
}

#[wasm_bindgen_test]
fn sets_of_a_hundred_thousand_are_combined() {
    let set = |from: u32, to: u32| (from..to).map(|n| format!("{n}:D")).collect::<Vec<_>>();
    let sets = [set(0, 60_000), set(40_000, 100_000)];
    let region = |sets, members| Region { sets, members };
    assert_eq!(
        setops::regions(&sets),
        Ok(vec![
            region(0b01, 40_000),
            region(0b10, 40_000),
            region(0b11, 20_000)
        ])
    );
    let both = setops::combine(Operation::Intersection, &sets).expect("two");
    assert_eq!((both.len(), both[0]), (20_000, "40000:D"));
}
