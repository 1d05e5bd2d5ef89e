//! `cargo xtask test`: every check there is, or one part of them.
//!
//! One file a part below; each says what it needs, and fails with one line. A part that fails does not keep the others
//! from running: the table at the end names them all.

mod client;
mod demo;
mod dist;
mod e2e;
mod node;
mod rust;
mod seed;

use crate::{
    process::{Stop, Stopped},
    workspace::Workspace,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::{
    fmt::Write,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Options {
    /// The part to run. [default: all]
    #[arg(value_enum)]
    part: Option<Part>,
    /// Add the long runs: tests find `GNC_TEST_LONG=1` in their environment.
    #[arg(long)]
    long: bool,
}

/// The parts, in the order in which they run: quick ones first.
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
    /// The same seed fills Redis with the same content.
    Seed,
    /// Start and end of the demo.
    Demo,
    /// The tarball: packed, unpacked and started.
    Dist,
    /// The whole in a browser.
    E2e,
}

/// What a part works with.
struct Context<'a> {
    workspace: &'a Workspace,
    stop: &'a Stop,
    long: bool,
}

/// Runs the parts and prints their outcome; fails unless all of them passed.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<ExitCode> {
    let context = Context {
        workspace,
        stop,
        long: options.long,
    };
    let parts = options
        .part
        .as_ref()
        .map_or(Part::value_variants(), std::slice::from_ref);
    let mut outcomes = Vec::new();
    for &part in parts {
        println!("\n== {} ==", part.name());
        let begun = Instant::now();
        let outcome = part.run(&context);
        if let Err(error) = &outcome {
            if error.is::<Stopped>() {
                return outcome.map(|()| ExitCode::SUCCESS);
            }
            eprintln!("error: {error:#}");
        }
        outcomes.push(Outcome {
            part,
            took: begun.elapsed(),
            error: outcome.err().map(|error| format!("{error:#}")),
        });
    }
    print!("{}", summary(&outcomes));
    let passed = outcomes.iter().all(|outcome| outcome.error.is_none());
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
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

struct Outcome {
    part: Part,
    took: Duration,
    /// Why it failed, if it did.
    error: Option<String>,
}

/// The table, and the line that says how many passed.
fn summary(outcomes: &[Outcome]) -> String {
    let mut text = String::from("\n");
    for Outcome { part, took, error } in outcomes {
        let (verdict, reason) = error
            .as_deref()
            .map_or(("passed", ""), |reason| ("FAILED", reason));
        let line = format!(
            "{:<8} {verdict} {:>6.1} s  {reason}",
            part.name(),
            took.as_secs_f32()
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.error.is_some())
        .count();
    let _ = writeln!(text, "{} passed, {failed} failed", outcomes.len() - failed);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_ends_with_the_counts() {
        let outcome = |part, error: Option<&str>| Outcome {
            part,
            took: Duration::from_millis(1500),
            error: error.map(str::to_owned),
        };
        let text = summary(&[
            outcome(Part::Fmt, None),
            outcome(Part::E2e, Some("no browser")),
        ]);
        assert_eq!(
            text,
            "\nfmt      passed    1.5 s\ne2e      FAILED    1.5 s  no browser\n1 passed, 1 failed\n"
        );
    }
}
