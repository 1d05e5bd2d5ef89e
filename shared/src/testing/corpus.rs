//! What fuzzing found worth keeping, replayed.

use super::cookie::any_cookie;
use super::laws::any_bytes;
use super::reading::any_value;
use std::path::Path;

/// Every input that fuzzing found worth keeping, by the target's name.
fn replay(target: &str, law: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(target);
    let files = std::fs::read_dir(&corpus).expect("a corpus");
    let files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    assert!(files.len() > 20, "{}", files.len());
    for file in files {
        law(&std::fs::read(&file).expect("read"));
    }
}

#[test]
fn the_corpus_of_the_reader_has_no_finding() {
    replay("reader", any_value);
}

#[test]
fn the_corpus_of_the_planner_has_no_finding() {
    replay("planner", any_bytes);
}

#[test]
fn the_corpus_of_the_cookie_has_no_finding() {
    replay("cookie", any_cookie);
}
