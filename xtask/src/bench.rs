//! `cargo xtask bench`: what things cost, as ratios measured on the spot.

mod page;

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use clap::{Args, Subcommand};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Subject,
}

/// What is measured.
#[derive(Subcommand)]
enum Subject {
    /// The page, as visitors load it.
    Page,
}

/// Measures and prints.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    match &options.subject {
        Subject::Page => page::run(workspace, stop),
    }
}
