//! The sample data, which the demo uses too.

use serde::Deserialize;
use std::path::Path;

/// A field of a Redis hash.
#[derive(Deserialize, Clone)]
pub(crate) struct Record {
    pub(crate) key: String,
    pub(crate) field: String,
    pub(crate) value: String,
}

/// A person with a new account.
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

/// A session as Flask-Session wrote it.
#[derive(Deserialize)]
pub(crate) struct FlaskSession {
    pub(crate) name: String,
    pub(crate) cookie: String,
    /// The key in Redis.
    pub(crate) key: String,
    /// The value in Redis, in base64.
    pub(crate) value: String,
    /// The owner of the visitor's collections; `None` for a session that must not be accepted.
    pub(crate) anon_id: Option<String>,
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

/// The content of a Redis as GN2 and gn-auth wrote it.
pub(crate) fn sample() -> Vec<Record> {
    lines("legacy-gn2.jsonl")
}

pub(crate) fn people() -> Vec<Person> {
    serde_json::from_str(&read("people.json")).expect("people.json")
}

pub(crate) fn messy() -> Vec<MessyCase> {
    lines("messy.jsonl")
}

/// The sessions that one version of Flask-Session wrote.
pub(crate) fn flask_sessions(version: &str) -> Vec<FlaskSession> {
    #[derive(Deserialize)]
    struct Written {
        sessions: Vec<FlaskSession>,
    }
    let name = format!("flask-sessions-{version}.json");
    let written: Written = serde_json::from_str(&read(&name)).expect("sessions");
    written.sessions
}
