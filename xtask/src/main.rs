//! The chores of gn-collections: `cargo xtask demo`, `cargo xtask page`, `cargo xtask test` and `cargo xtask fuzz`.
//!
//! [`tools`] installs what a chore needs, [`page`] builds what visitors download, [`demo`] runs everything together,
//! [`mod@test`] proves it, [`fuzz`] looks for what no test thought of. All of them start other programs through [`process`], so that Ctrl-C and SIGTERM end those too.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a chore talks to the person who started it"
)]

mod demo;
mod fuzz;
mod page;
mod process;
mod test;
mod tools;
mod workspace;

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
    /// Build everything and run it with sample data, until Ctrl-C.
    Demo(demo::Options),
    /// Build the page into `dist/` and print what a first visit downloads.
    Page,
    /// Fuzz the reader and the planner, or one of them.
    Fuzz(fuzz::Options),
    /// Run all tests and checks, or one part of them.
    Test(test::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Stop::on_signals().and_then(|stop| {
        let workspace = Workspace::find()?;
        match cli.chore {
            Chore::Demo(options) => {
                demo::run(&workspace, &stop, &options).map(|()| ExitCode::SUCCESS)
            }
            Chore::Page => page::build(&workspace, &stop).map(|()| ExitCode::SUCCESS),
            Chore::Fuzz(options) => {
                fuzz::run(&workspace, &stop, &options).map(|()| ExitCode::SUCCESS)
            }
            Chore::Test(options) => test::run(&workspace, &stop, &options),
        }
    });
    outcome.unwrap_or_else(|error| {
        if error.is::<Stopped>() {
            eprintln!("stopped");
            // What shells answer for a program that Ctrl-C ended.
            return ExitCode::from(130);
        }
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
