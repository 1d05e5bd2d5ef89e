//! `cargo xtask test`: runs every check, or one part of them.
//!
//! Each part has a file below. A part that fails does not keep the others from running: the table
//! at the end shows the result and the duration of each.

mod client;
mod context;
mod demo;
mod dist;
mod e2e;
mod gn2;
mod node;
mod rust;
mod seed;

use crate::{
    process::{Stop, Stopped},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use context::Context;
use std::time::Instant;

/// Options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Options {
    /// The part to run. [default: all]
    #[arg(value_enum)]
    part: Option<Part>,
    /// Add the long runs: sets `GNC_TEST_LONG=1` for the tests.
    #[arg(long)]
    long: bool,
}

/// The parts in the order in which they run, the quick ones first.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Formatting.
    Fmt,
    /// Lints, native and wasm; warnings are errors.
    Clippy,
    /// The API documentation; warnings are errors.
    Doc,
    /// Unit and property tests of shared and xtask.
    Unit,
    /// The server against a real Redis.
    Server,
    /// The client in headless Chromium.
    Client,
    /// The auth servers of demo and tests.
    Node,
    /// The endpoints for GN2, called by a Python client as GN2 does.
    Gn2,
    /// Seeded content, equal for equal seeds.
    Seed,
    /// Start and end of the demo.
    Demo,
    /// The tarball: packed, unpacked and started.
    Dist,
    /// The whole system in a browser.
    E2e,
}

/// Runs the parts and prints their results; fails unless all of them pass.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    let context = Context {
        workspace,
        stop,
        long: options.long,
    };
    let parts = options.part.as_ref();
    let parts = parts.map_or(Part::value_variants(), std::slice::from_ref);
    let mut table = String::new();
    let mut failed = 0;
    for part in parts {
        println!("\n== {} ==", part.name());
        let start = Instant::now();
        let result = part.run(&context);
        if let Err(error) = &result {
            if error.is::<Stopped>() {
                return result;
            }
            eprintln!("error: {error:#}");
            failed += 1;
        }
        table += &table_row(&part.name(), start.elapsed().as_secs_f32(), &result);
    }
    println!("\n{table}{} passed, {failed} failed", parts.len() - failed);
    if failed > 0 {
        bail!("{failed} of {} parts failed", parts.len());
    }
    Ok(())
}

fn table_row(name: &str, seconds: f32, result: &Result<()>) -> String {
    match result {
        Ok(()) => format!("{name:<8} passed {seconds:>6.1} s\n"),
        Err(error) => format!("{name:<8} FAILED {seconds:>6.1} s  {error:#}\n"),
    }
}

impl Part {
    fn run(self, context: &Context<'_>) -> Result<()> {
        match self {
            Self::Fmt => rust::fmt(context),
            Self::Clippy => rust::clippy(context),
            Self::Doc => rust::doc(context),
            Self::Unit => rust::unit(context),
            Self::Server => rust::server(context),
            Self::Client => client::run(context),
            Self::Node => node::run(context),
            Self::Gn2 => gn2::run(context),
            Self::Seed => seed::run(context),
            Self::Demo => demo::run(context),
            Self::Dist => dist::run(context),
            Self::E2e => e2e::run(context),
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_rows_show_duration_and_error() {
        assert_eq!(table_row("fmt", 1.5, &Ok(())), "fmt      passed    1.5 s\n");
        let error = Err(anyhow::anyhow!("no browser"));
        assert_eq!(
            table_row("e2e", 1.5, &error),
            "e2e      FAILED    1.5 s  no browser\n"
        );
    }
}
