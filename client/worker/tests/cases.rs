//! Real kinds of files and pastes, each with its result. `e2e/tests/paste.spec.mjs` gives the same
//! cases to the page.

#![cfg(not(target_arch = "wasm32"))]

use serde::Deserialize;
use shared::formats::FileError;
use std::path::Path;
use worker::{WorkerJob, WorkerResult, run};

const CASES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/src/formats/fixtures/cases"
);

#[derive(Deserialize)]
struct Case {
    file: String,
    #[serde(rename = "as")]
    usage: String,
    #[serde(default)]
    collections: Vec<ExpectedCollection>,
    refused: Option<FileError>,
    repeated: Option<usize>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct ExpectedCollection {
    name: Option<String>,
    members: Vec<String>,
}

fn check_import(case: &Case, content: Vec<u8>) {
    let job = WorkerJob::Read {
        name: case.file.clone(),
        dataset: String::new(),
        content,
    };
    let WorkerResult::Read(result) = run(job) else {
        panic!("another result")
    };
    let parsed = match (result, case.refused) {
        (Err(error), Some(refused)) => return assert_eq!(error, refused, "{}", case.file),
        (result, _) => result.unwrap_or_else(|error| panic!("{}: {error}", case.file)),
    };
    let collections = parsed
        .collections
        .into_iter()
        .map(|one| ExpectedCollection {
            name: Some(one.name).filter(|name| !name.is_empty()),
            members: one.members,
        });
    let collections: Vec<_> = collections.collect();
    assert_eq!(collections, case.collections, "{}", case.file);
    if let Some(repeated) = case.repeated {
        assert_eq!(parsed.report.repeated, repeated, "{}", case.file);
    }
    assert_eq!(parsed.report.is_windows_1252, case.file == "latin-1.csv");
}

fn check_paste(case: &Case, content: Vec<u8>) {
    let job = WorkerJob::Paste {
        text: String::from_utf8(content).expect("text"),
        members: Vec::new(),
        dataset: String::new(),
    };
    let WorkerResult::Pasted(pasted) = run(job) else {
        panic!("another result")
    };
    let expected = case.collections.iter().flat_map(|one| one.members.clone());
    assert_eq!(pasted.new, expected.collect::<Vec<_>>(), "{}", case.file);
    if let Some(repeated) = case.repeated {
        assert_eq!(pasted.report.repeated, repeated, "{}", case.file);
    }
}

#[test]
fn every_case_has_its_result() {
    let read = |file: &str| std::fs::read(Path::new(CASES).join(file)).expect("a file");
    let cases: Vec<Case> = serde_json::from_slice(&read("cases.json")).expect("cases");
    assert_eq!(cases.len(), 19);
    for case in cases {
        assert!(["import", "paste", "both"].contains(&&*case.usage));
        if case.usage != "paste" {
            check_import(&case, read(&case.file));
        }
        if case.usage != "import" {
            check_paste(&case, read(&case.file));
        }
    }
}
