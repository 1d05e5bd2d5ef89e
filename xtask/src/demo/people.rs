//! The people who can sign in to the demo.

use anyhow::{Context, Result};
use serde_json::Value;
use std::{fmt::Write, fs, path::Path};

/// Reads the people as they are: tests find every field again in `demo.json`.
pub(super) fn read(file: &Path) -> Result<Vec<Value>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&text)
        .with_context(|| format!("{} is no list of people", file.display()))
}

/// Returns a table of addresses and passwords, with a note on each person.
pub(super) fn sign_ins(people: &[Value]) -> String {
    let mut table = String::from("Sign in as:\n");
    for person in people {
        let text = |name: &str| person.get(name).and_then(Value::as_str).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "  {:<28} password {:<8} {}",
            text("email"),
            text("password"),
            text("note")
        );
    }
    table
}
