//! Measures how much a first visit downloads, in brotli, and fails when it is too much.
//!
//! A visit that starts at the list downloads the first load only. A visit that starts at another
//! page downloads a chunk as well; each sum has a limit.

use super::chunks::SHARED;
use crate::process::Stop;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{fmt, iter, path::Path, process::Command};

/// The limit of a visit that starts at the list, in bytes. More keeps people with slow lines
/// waiting.
const LIST_LIMIT: u64 = 320_000;

/// The limit of a visit that starts at another page, in bytes.
const PAGE_LIMIT: u64 = 380_000;

/// Compresses with the brotli of Node: a debug build of a Rust library would take a minute.
const PROGRAM: &str = include_str!("first_load.mjs");

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Sizes(Vec<Size>);

#[derive(Serialize, Deserialize)]
struct Size {
    file: String,
    bytes: u64,
    brotli: u64,
    /// Whether the file is loaded lazily: `index.html` does not name it.
    #[serde(default)]
    lazy: bool,
}

/// Compresses all pages, style sheets, scripts and WebAssembly modules in `dist`.
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
        self.0.iter().filter(|size| !size.lazy)
    }

    fn lazy(&self) -> impl Iterator<Item = &Size> {
        self.0.iter().filter(|size| size.lazy)
    }

    fn total(&self) -> u64 {
        self.first().map(|size| size.brotli).sum()
    }

    /// Returns the chunks, each with the size of a first visit that needs it.
    fn with_chunk(&self) -> impl Iterator<Item = (&str, u64)> {
        let chunks = || self.lazy().filter_map(|size| Some((size.chunk()?, size)));
        let chunk_names = chunks().filter(|(name, _)| !name.contains(SHARED));
        chunk_names.map(move |(chunk, _)| {
            let needed = chunks().filter(|(name, _)| name.split(SHARED).any(|name| name == chunk));
            let needed: u64 = needed.map(|(_, size)| size.brotli).sum();
            (chunk, self.total() + needed)
        })
    }

    /// Fails when a sum is over its limit.
    pub(super) fn check(&self) -> Result<()> {
        let list = ("list", self.total(), LIST_LIMIT);
        let pages = self
            .with_chunk()
            .map(|(chunk, total)| (chunk, total, PAGE_LIMIT));
        for (name, total, limit) in iter::once(list).chain(pages) {
            if total > limit {
                bail!(
                    "the first load ({name}) is {} kB in brotli, more than {} kB",
                    kilobytes(total),
                    kilobytes(limit)
                );
            }
        }
        Ok(())
    }
}

impl Size {
    /// Returns the name of the chunk: `review` for `client-review-0123456789abcdef.wasm`.
    fn chunk(&self) -> Option<&str> {
        let name = self.file.strip_suffix(".wasm")?;
        let (chunk, _hash) = name.strip_prefix("client-")?.rsplit_once('-')?;
        Some(chunk)
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
            kilobytes(LIST_LIMIT)
        )?;
        if self.lazy().next().is_some() {
            writeln!(formatter, "loaded lazily, not part of the first load:")?;
        }
        self.lazy().try_for_each(|size| size.fmt(formatter))?;
        for (chunk, total) in self.with_chunk() {
            writeln!(
                formatter,
                "  {:>7} kB of at most {} kB for a first visit that needs the chunk \"{chunk}\"",
                kilobytes(total),
                kilobytes(PAGE_LIMIT)
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

/// Formats a size in units of 1,000 bytes, with one decimal.
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
                    lazy: false,
                })
                .collect(),
        )
    }

    #[test]
    fn the_sum_counts() {
        assert!(sizes(&[LIST_LIMIT - 1, 1]).check().is_ok());
        let mut with_worker = sizes(&[LIST_LIMIT - 1, LIST_LIMIT]);
        with_worker.0[1].lazy = true;
        assert!(with_worker.check().is_ok());
        let error = sizes(&[LIST_LIMIT - 1, 2_101]).check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first load (list) is 322.1 kB in brotli, more than 320.0 kB"
        );
    }

    #[test]
    fn chunk_counts_with_the_modules_it_shares() {
        let mut all = sizes(&[1_000, 20, 3, 500, 7, 9]);
        let names = [
            "client-a1b2.js",
            "client-review-a1b2.wasm",
            "client-list.review-a1b2.wasm",
            "client-list-a1b2.wasm",
            "client-list.table-a1b2.wasm",
            "worker-a1b2_bg.wasm",
        ];
        for (size, name) in all.0.iter_mut().zip(names) {
            size.file = name.into();
            size.lazy = size.brotli < 1_000;
        }
        let with_chunk: Vec<_> = all.with_chunk().collect();
        assert_eq!(with_chunk, [("review", 1_023), ("list", 1_510)]);
        assert!(all.check().is_ok());
        all.0[1].brotli = PAGE_LIMIT - 1_003;
        assert!(all.check().is_ok());
        all.0[1].brotli += 1_000;
        let error = all.check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first load (review) is 381.0 kB in brotli, more than 380.0 kB"
        );
    }
}
