//! Measures the server in release mode, beside a bare handler, `redis-benchmark` and plain clients.
//!
//! [`test_bed`] starts everything. [`requests`], [`index`], [`migration`] and [`claims`] measure
//! with the tools in [`load`], and print the tables of [`report`].

mod claims;
mod index;
mod load;
mod migration;
mod report;
mod requests;
mod test_bed;

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use clap::Args;
use test_bed::{FULL, Programs, QUICK, TestBed};

/// Options of `cargo xtask bench`.
#[derive(Args)]
#[group(skip)]
pub(super) struct Options {
    /// Measure roughly: up to 10,000 accounts, few and short runs.
    #[arg(long)]
    quick: bool,
    /// Measure only these, e.g. `requests,migration`. [default: requests,index,migration,claims]
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    only: Vec<String>,
}

/// Measures everything and prints the tables.
pub(super) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    let effort = if options.quick { QUICK } else { FULL };
    let programs = Programs::build(workspace, stop)?;
    let selected = |name: &str| options.only.is_empty() || options.only.iter().any(|n| n == name);
    let sizes = effort.sizes.iter();
    let beds = sizes
        .map(|&accounts| TestBed::start(stop, &programs, accounts))
        .collect::<Result<Vec<_>>>()?;
    if selected("requests") {
        requests::measure(stop, &programs, &beds, &effort)?;
    }
    if selected("index") {
        index::measure(stop, &programs, &beds, &effort)?;
    }
    if selected("migration") {
        // The number of accounts does not matter here.
        if let Some(bed) = beds.first() {
            migration::measure(stop, &programs, bed, &effort)?;
        }
    }
    if selected("claims")
        && let Some(bed) = beds.first()
    {
        claims::measure(stop, &programs, bed, &effort)?;
    }
    Ok(())
}
