//! The server in release mode, beside a bare handler, `redis-benchmark` and plain clients.
//!
//! [`bed`] starts everything, [`requests`] loads it with [`load`], [`index`] and [`migration`] take time; each answers the
//! lines of its [`table`].

mod bed;
mod index;
mod load;
mod migration;
mod requests;
mod table;

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use bed::{Bed, Programs};
use clap::Args;

/// Options of `cargo xtask bench`.
#[derive(Args)]
#[group(skip)]
pub(super) struct Options {
    /// A look rather than a measurement: up to 10,000 accounts, few and short runs.
    #[arg(long)]
    quick: bool,
    /// Measure only these, e.g. `requests,migration`. [default: requests,index,migration]
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    only: Vec<String>,
}

/// How much is measured.
struct Extent {
    /// Numbers of accounts.
    sizes: &'static [u32],
    /// Collections that are migrated at once.
    collections: &'static [usize],
    /// Runs of which the median counts.
    runs: usize,
    /// Seconds of load a run.
    seconds: u32,
}

const WHOLE: Extent = Extent {
    sizes: &[1_000, 10_000, 100_000, 1_000_000],
    collections: &[1, 100, 10_000],
    runs: 5,
    seconds: 2,
};

const QUICK: Extent = Extent {
    sizes: &[1_000, 10_000],
    collections: &[1, 100, 10_000],
    runs: 3,
    seconds: 1,
};

/// Makes Redis keep the memory that it has freed (jemalloc as Debian has it): it need not ask the system for new pages, and
/// have them zeroed, for each large value.
const KEEPING: [(&str, &str); 1] = [("MALLOC_CONF", "dirty_decay_ms:-1")];

/// Measures everything and prints the tables.
pub(super) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    let extent = if options.quick { QUICK } else { WHOLE };
    let programs = Programs::build(workspace, stop)?;
    let wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|n| n == name);
    let beds = extent
        .sizes
        .iter()
        .map(|&accounts| Bed::start(workspace, stop, &programs, accounts, &[]))
        .collect::<Result<Vec<_>>>()?;
    if wanted("requests") {
        requests::measure(workspace, stop, &programs, &beds, &extent)?;
    }
    if wanted("index") {
        index::measure(workspace, stop, &programs, &beds, &extent)?;
    }
    if wanted("migration") {
        // The number of accounts plays no part in it.
        if let Some(bed) = beds.first() {
            let keeping = Bed::start(workspace, stop, &programs, bed.accounts, &KEEPING)?;
            migration::measure(stop, &programs, bed, &keeping, &extent)?;
        }
    }
    Ok(())
}
