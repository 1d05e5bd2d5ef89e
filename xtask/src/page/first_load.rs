//! How much a first visit downloads, in brotli; and, apart from that, what the page loads when it needs it.
//!
//! Whoever opens the page at the list needs no more than the first load. A link may lead to another page, though, and then a
//! part of the module is needed besides: that must not be more than the limit either.

use super::parts::SHARED;
use crate::process::Stop;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{fmt, iter, path::Path, process::Command};

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

    /// The parts that the module was split into, and how much is downloaded by somebody who needs one of them at once.
    fn with_part(&self) -> impl Iterator<Item = (&str, u64)> {
        let parts = || self.later().filter_map(|size| Some((size.part()?, size)));
        let singly = parts().filter(|(part, _)| !part.contains(SHARED));
        singly.map(move |(part, _)| {
            let needed = parts().filter(|(name, _)| name.split(SHARED).any(|name| name == part));
            let needed: u64 = needed.map(|(_, size)| size.brotli).sum();
            (part, self.total() + needed)
        })
    }

    /// Fails when a sum is over the limit.
    pub(super) fn check(&self) -> Result<()> {
        for (part, total) in iter::once(("list", self.total())).chain(self.with_part()) {
            if total > LIMIT {
                bail!(
                    "the first load ({part}) is {} kB in brotli, more than {} kB",
                    kilobytes(total),
                    kilobytes(LIMIT)
                );
            }
        }
        Ok(())
    }
}

impl Size {
    /// The name of the part that it is: `review` of `client-review-0123456789abcdef.wasm`.
    fn part(&self) -> Option<&str> {
        let name = self.file.strip_suffix(".wasm")?;
        let (part, _hash) = name.strip_prefix("client-")?.rsplit_once('-')?;
        Some(part)
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
        self.later().try_for_each(|size| size.fmt(formatter))?;
        for (part, total) in self.with_part() {
            writeln!(
                formatter,
                "  {:>7} kB in all for whoever needs the part \"{part}\" at once",
                kilobytes(total)
            )?;
        }
        Ok(())
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
            "the first load (list) is 302.1 kB in brotli, more than 300.0 kB"
        );
    }

    #[test]
    fn a_part_needs_what_it_shares_with_others() {
        let mut all = sizes(&[1_000, 20, 3, 500, 7, 9]);
        let names = [
            "client-a1b2.js",
            "client-review-a1b2.wasm",
            "client-list_review-a1b2.wasm",
            "client-list-a1b2.wasm",
            "client-list_table-a1b2.wasm",
            "worker-a1b2_bg.wasm",
        ];
        for (size, name) in all.0.iter_mut().zip(names) {
            size.file = name.into();
            size.later = size.brotli < 1_000;
        }
        let with_part: Vec<_> = all.with_part().collect();
        assert_eq!(with_part, [("review", 1_023), ("list", 1_510)]);
        assert!(all.check().is_ok());
        all.0[1].brotli = LIMIT - 1_003;
        assert!(all.check().is_ok());
        all.0[1].brotli += 1_000;
        let error = all.check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first load (review) is 301.0 kB in brotli, more than 300.0 kB"
        );
    }
}
