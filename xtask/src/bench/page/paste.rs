//! A paste of 30,000 traits: how soon the page goes on, and how long it is busy at a time.

use crate::{process::Stop, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{path::Path, process::Command};

/// A task that lasts longer is felt by whoever types or scrolls, in ms.
const FELT: u32 = 200;

/// How often it is done. How long a task takes varies with what else the machine does: the median counts.
const TIMES: usize = 5;

/// Pastes and watches.
const PROGRAM: &str = include_str!("paste.mjs");

/// One paste, in ms.
#[derive(Deserialize)]
struct Paste {
    interactive: u32,
    reported: u32,
    saved: u32,
    longest: u32,
}

/// Prints how long each took; fails when the longest task usually is felt.
pub(super) fn run(
    workspace: &Workspace,
    stop: &Stop,
    node: &Path,
    chromium: &Path,
    url: &str,
) -> Result<()> {
    println!("30,000 traits pasted, {TIMES} times, in ms");
    let answer = stop.read(
        Command::new(node)
            .args(["--input-type=module", "--eval", PROGRAM, "--"])
            .arg(workspace.e2e())
            .arg(chromium)
            .arg(format!("{url}/"))
            .arg(TIMES.to_string()),
    )?;
    let pastes: Vec<Paste> = serde_json::from_str(&answer).context("what was measured")?;
    for paste in &pastes {
        println!(
            "  interactive after {}, reported after {}, saved after {}; longest task {}",
            paste.interactive, paste.reported, paste.saved, paste.longest
        );
    }
    let longest = median(pastes.iter().map(|paste| paste.longest).collect());
    ensure!(
        longest <= FELT,
        "a paste of 30,000 traits keeps the page busy for {longest} ms at a time, more than {FELT}"
    );
    Ok(())
}

fn median(mut values: Vec<u32>) -> u32 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_busy_moment_of_the_machine_does_not_count() {
        assert_eq!(super::median(vec![100, 900, 90, 120, 110]), 110);
    }
}
