//! Replays the inputs that fuzzing kept, which are stored in `fuzz/corpus.tar.gz`.

use super::cookie::any_cookie;
use super::flask_session::any_session;
use super::laws::any_bytes;
use super::reader::any_value;
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use tar::Archive;

/// Checks a law on every input of a fuzz target.
fn replay(target: &str, law: fn(&[u8])) {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus.tar.gz");
    let mut archive = Archive::new(GzDecoder::new(File::open(archive).expect("the corpus")));
    let mut count = 0;
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        if entry.path().expect("a path").starts_with(target) {
            let mut input = Vec::new();
            entry.read_to_end(&mut input).expect("an input");
            law(&input);
            count += 1;
        }
    }
    assert!(count > 20, "{target} has {count} inputs");
}

#[test]
fn reader_corpus_has_no_finding() {
    replay("reader", any_value);
}

#[test]
fn planner_corpus_has_no_finding() {
    replay("planner", any_bytes);
}

#[test]
fn cookie_corpus_has_no_finding() {
    replay("cookie", any_cookie);
}

#[test]
fn session_corpus_has_no_finding() {
    replay("session", any_session);
}
