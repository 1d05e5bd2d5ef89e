//! A doc comment states its subject, and fits into 100 columns as code does.

use super::assert_none;

/// Openings that depend on the line above, or name no subject.
const OPENINGS: [&str; 26] = [
    "What",
    "The same",
    "It",
    "Its",
    "They",
    "Their",
    "This one",
    "Those",
    "And",
    "But",
    "Also",
    "So",
    "Then",
    "Besides",
    "Likewise",
    "As above",
    "Whoever",
    "Who",
    "Another",
    "One",
    "Of",
    "Where it",
    "How it",
    "Whether it",
    "Who",
    "Whose",
];

const WIDTH: usize = 100;

/// The lines of doc comments that open with such a word.
fn vague_openings(text: &str) -> Vec<(usize, String)> {
    let mut previous = "";
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let marker = ["///", "//!"]
            .into_iter()
            .find(|marker| line.starts_with(marker));
        let begins = marker.is_some_and(|marker| !previous.starts_with(marker));
        let words = line.trim_start_matches(['/', '!']).trim_start();
        let is_vague = OPENINGS.iter().any(|opening| {
            words
                .strip_prefix(opening)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        if begins && is_vague {
            found.push((number + 1, line.to_owned()));
        }
        previous = line;
    }
    found
}

/// The comments that do not fit. A row of a table cannot be wrapped.
fn wide_comments(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().map(str::trim_end).enumerate();
    let is_comment = |line: &str| line.starts_with("//") && !line.contains("//! |");
    lines
        .filter(|(_, line)| is_comment(line.trim_start()) && line.chars().count() > WIDTH)
        .map(|(number, line)| (number + 1, line.trim_start().to_owned()))
        .collect()
}

fn in_all_files(find: fn(&str) -> Vec<(usize, String)>) -> Vec<String> {
    let files = super::rust_files();
    let places = files.iter().flat_map(|(path, text)| {
        find(text)
            .into_iter()
            .map(move |(line, words)| format!("{path}:{line}: {words}"))
    });
    places.collect()
}

#[test]
fn doc_comments_state_their_subject() {
    assert_none(
        "doc comments without a subject",
        &in_all_files(vague_openings),
    );
}

#[test]
fn comments_fit_into_100_columns() {
    assert_none(
        "comments wider than 100 columns",
        &in_all_files(wide_comments),
    );
}

#[test]
fn vague_openings_and_wide_comments_are_found() {
    for planted in [
        "/// What is kept.",
        "//! The same, sorted.",
        "    /// It's the server.",
        "fn f() {}\n/// Whether it is there.",
        "/// One of them.",
    ] {
        assert_eq!(vague_openings(planted).len(), 1, "{planted}");
    }
    for harmless in [
        "/// Returns the whole.\n/// What follows is a second line.",
        "/// Items of a list.",
        "// So it is.",
    ] {
        assert_eq!(vague_openings(harmless).len(), 0, "{harmless}");
    }
    let wide = format!("    /// {}", "word ".repeat(20));
    assert_eq!(wide_comments(&wide).len(), 1);
    assert_eq!(wide_comments("let text = \"no comment\";").len(), 0);
}
