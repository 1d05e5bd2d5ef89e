//! The chores of gn-collections: `cargo xtask demo`, `page`, `test`, `fuzz`, `seed`, `bench` and
//! `dist`.
//!
//! [`tools`] installs the programs that a chore needs, [`page`] builds the page, [`demo`] runs all
//! parts together, [`mod@test`] runs every check, [`fuzz`] runs the fuzzer, [`seed`] fills a Redis,
//! [`mod@bench`] measures and [`dist`] packs a tarball. All of them start other programs through
//! [`process`], so that Ctrl-C and SIGTERM end those programs too.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a chore talks to the person who started it"
)]

mod bench;
mod demo;
mod dist;
mod fuzz;
mod page;
mod process;
mod seed;
mod test;
mod tools;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};
use process::{Stop, Stopped};
use std::process::ExitCode;
use workspace::Workspace;

/// Chores of gn-collections.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Measure what requests, transfers and the page cost.
    Bench(bench::Options),
    /// Build everything and run it with sample data, until Ctrl-C.
    Demo(demo::Options),
    /// Pack server, page, systemd unit and sample configuration into one tarball.
    Dist,
    /// Build the page into `dist/` and print what a first visit downloads.
    Page,
    /// Fuzz the reader and the planner, or one of them.
    Fuzz(fuzz::Options),
    /// Fill an empty Redis with accounts and collections as GN2 and gn-auth would have written
    /// them.
    Seed(seed::Options),
    /// Run all tests and checks, or one part of them.
    Test(test::Options),
}

fn main() -> ExitCode {
    let result = Stop::on_signals().and_then(|stop| {
        if page::chunks::is_stand_in() {
            page::chunks::run(&stop)
        } else {
            run(Cli::parse(), &stop)
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Stopped>() => {
            eprintln!("stopped");
            // The status that shells report for a program that Ctrl-C ended.
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, stop: &Stop) -> Result<()> {
    let workspace = Workspace::find()?;
    match cli.chore {
        Chore::Bench(options) => bench::run(&workspace, stop, &options),
        Chore::Seed(options) => seed::run(stop, &options),
        Chore::Demo(options) => demo::run(&workspace, stop, &options),
        Chore::Dist => dist::build(&workspace, stop).map(drop),
        Chore::Page => page::build(&workspace, stop),
        Chore::Fuzz(options) => fuzz::run(&workspace, stop, &options),
        Chore::Test(options) => test::run(&workspace, stop, &options),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
