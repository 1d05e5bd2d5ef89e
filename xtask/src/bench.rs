//! `cargo xtask bench`: measures server and page, and compares the server with simpler programs.
//!
//! Other work of the machine disturbs the figures, so nothing is compared with an earlier
//! measurement: the runs of all competitors alternate, and the median of each counts.

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

/// The subject of the measurement. [default: server]
#[derive(Subcommand)]
enum Subject {
    /// Requests, transfers, index and memory of the server.
    Server(server::Options),
    /// The page in a browser.
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
