//! Output of passing tests, and settings of test runs.

use std::io::Write;

/// Writes a line that the test runner does not capture, so that `cargo xtask test` displays it.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\n    {line}");
}

/// Whether the tests run with `cargo xtask test --long`.
pub(crate) fn long() -> bool {
    std::env::var_os("GNC_TEST_LONG").is_some()
}

/// The seed of a randomised test: `GNC_TEST_SEED`, or a new one. The output of the test contains
/// the seed, so that a failure can be repeated.
pub(crate) fn seed(test: &str) -> u64 {
    let given = std::env::var("GNC_TEST_SEED").ok();
    let seed = given.map_or_else(|| fastrand::u64(..), |seed| seed.parse().expect("a number"));
    say(&format!("{test}: GNC_TEST_SEED={seed}"));
    seed
}
