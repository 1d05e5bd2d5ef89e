//! `cargo xtask bench`: what things cost, as ratios measured on the spot.
//!
//! Whatever else a machine does disturbs figures, so nothing is compared with what was measured at another time: the runs
//! of all competitors alternate, and of each the median counts.

mod page;
mod server;

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use clap::{Args, Subcommand};

/// Options of `cargo xtask bench`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Option<Subject>,
    #[command(flatten)]
    server: server::Options,
}

/// What is measured. [default: server]
#[derive(Subcommand)]
enum Subject {
    /// Requests, transfers, index and memory of the server.
    Server(server::Options),
    /// The page, as visitors load it.
    Page,
}

/// Measures and prints.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    match &options.subject {
        None => server::run(workspace, stop, &options.server),
        Some(Subject::Server(options)) => server::run(workspace, stop, options),
        Some(Subject::Page) => page::run(workspace, stop),
    }
}
