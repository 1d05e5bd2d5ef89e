//! How much a first visit downloads, in brotli; and, apart from that, what the page loads when it needs it.

use crate::process::Stop;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{fmt, path::Path, process::Command};

/// More than this, in bytes, keeps people with slow lines waiting.
const LIMIT: u64 = 300_000;

/// Compresses with the brotli of Node, which is at hand and quick: a debug build of a Rust one takes a minute.
const PROGRAM: &str = include_str!("first_load.mjs");

/// The files of the page.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Sizes(Vec<Size>);

#[derive(Serialize, Deserialize)]
struct Size {
    file: String,
    bytes: u64,
    brotli: u64,
    /// Not part of a first visit: `index.html` does not name it.
    #[serde(default)]
    later: bool,
}

/// Compresses every page, style sheet, script and wasm module in `dist`.
pub(super) fn measure(stop: &Stop, dist: &Path) -> Result<Sizes> {
    let answer = stop.read(
        Command::new("node")
            .args(["--input-type=module", "--eval", PROGRAM, "--"])
            .arg(dist),
    )?;
    serde_json::from_str(&answer).context("the sizes cannot be read")
}

impl Sizes {
    fn first(&self) -> impl Iterator<Item = &Size> {
        self.0.iter().filter(|size| !size.later)
    }

    fn later(&self) -> impl Iterator<Item = &Size> {
        self.0.iter().filter(|size| size.later)
    }

    fn total(&self) -> u64 {
        self.first().map(|size| size.brotli).sum()
    }

    /// Fails when the sum is over the limit.
    pub(super) fn check(&self) -> Result<()> {
        let total = self.total();
        if total > LIMIT {
            bail!(
                "the first load is {} kB in brotli, more than {} kB",
                kilobytes(total),
                kilobytes(LIMIT)
            );
        }
        Ok(())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "first load, brotli (uncompressed):")?;
        self.first().try_for_each(|size| size.fmt(formatter))?;
        writeln!(
            formatter,
            "  {:>7} kB of at most {} kB in all",
            kilobytes(self.total()),
            kilobytes(LIMIT)
        )?;
        if self.later().next().is_some() {
            writeln!(formatter, "loaded when it is needed, and no part of that:")?;
        }
        self.later().try_for_each(|size| size.fmt(formatter))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "  {:>7} kB ({:>7} kB)  {}",
            kilobytes(self.brotli),
            kilobytes(self.bytes),
            self.file
        )
    }
}

/// In units of 1,000 bytes, with one decimal.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(brotli: &[u64]) -> Sizes {
        Sizes(
            brotli
                .iter()
                .map(|&brotli| Size {
                    file: "file".into(),
                    bytes: 1,
                    brotli,
                    later: false,
                })
                .collect(),
        )
    }

    #[test]
    fn the_sum_counts() {
        assert!(sizes(&[LIMIT - 1, 1]).check().is_ok());
        let mut with_worker = sizes(&[LIMIT - 1, LIMIT]);
        with_worker.0[1].later = true;
        assert!(with_worker.check().is_ok());
        let error = sizes(&[LIMIT - 1, 2_101]).check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first load is 302.1 kB in brotli, more than 300.0 kB"
        );
    }
}
