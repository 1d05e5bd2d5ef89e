//! What a test shows although it passes.

use std::io::Write;

/// Writes a line past the capturing of output, so that `cargo xtask test` shows it.
pub(crate) fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(std::io::stderr().lock(), "\n    {line}");
}

/// Whether the long runs are wanted: `cargo xtask test --long`.
pub(crate) fn long() -> bool {
    std::env::var_os("GNC_TEST_LONG").is_some()
}

/// The seed of a randomised test: `GNC_TEST_SEED`, or a fresh one. It is shown, so that a failure can be repeated.
pub(crate) fn seed(test: &str) -> u64 {
    let given = std::env::var("GNC_TEST_SEED").ok();
    let seed = given.map_or_else(|| fastrand::u64(..), |seed| seed.parse().expect("a number"));
    say(&format!("{test}: GNC_TEST_SEED={seed}"));
    seed
}
