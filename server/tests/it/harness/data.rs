//! The sample data that the demo uses as well.

use serde::Deserialize;
use std::path::Path;

/// One record of Redis' content.
#[derive(Deserialize, Clone)]
pub(crate) struct Record {
    pub(crate) key: String,
    pub(crate) field: String,
    pub(crate) value: String,
}

/// Somebody who registered afresh.
#[derive(Deserialize, Clone)]
pub(crate) struct Person {
    pub(crate) user_id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
}

/// A malformed or unusual record.
#[derive(Deserialize)]
pub(crate) struct MessyCase {
    pub(crate) case: String,
    pub(crate) hash: String,
    pub(crate) field: String,
    pub(crate) value: Option<String>,
    pub(crate) value_base64: Option<String>,
    pub(crate) expect: String,
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../e2e/data")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines<T: for<'de> Deserialize<'de>>(name: &str) -> Vec<T> {
    read(name)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"))
        })
        .collect()
}

/// A whole Redis content, as GN2 and gn-auth wrote it.
pub(crate) fn sample() -> Vec<Record> {
    lines("legacy-gn2.jsonl")
}

/// The people who signed up with the new auth server.
pub(crate) fn people() -> Vec<Person> {
    serde_json::from_str(&read("people.json")).expect("people.json")
}

/// Malformed and unusual records.
pub(crate) fn messy() -> Vec<MessyCase> {
    lines("messy.jsonl")
}
