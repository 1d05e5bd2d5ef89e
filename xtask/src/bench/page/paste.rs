//! Measures a paste of 30,000 traits: how soon the page reacts, and how long its longest task is.

use crate::{process::Stop, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{path::Path, process::Command};

/// Milliseconds from which a task is noticeable while typing or scrolling.
const NOTICEABLE: u32 = 200;

/// Number of pastes. The median counts, because tasks last longer on a busy machine.
const PASTES: usize = 5;

const PROGRAM: &str = include_str!("paste.mjs");

/// The durations of a paste in ms.
#[derive(Deserialize)]
struct Paste {
    interactive: u32,
    reported: u32,
    saved: u32,
    longest: u32,
}

/// Prints the duration of each paste; fails when the longest task is usually noticeable.
pub(super) fn run(
    workspace: &Workspace,
    stop: &Stop,
    node: &Path,
    chromium: &Path,
    url: &str,
) -> Result<()> {
    println!("30,000 traits pasted, {PASTES} times, in ms");
    let answer = stop.read(
        Command::new(node)
            .args(["--input-type=module", "--eval", PROGRAM, "--"])
            .arg(workspace.e2e())
            .arg(chromium)
            .arg(format!("{url}/"))
            .arg(PASTES.to_string()),
    )?;
    let pastes: Vec<Paste> = serde_json::from_str(&answer).context("the result of the pastes")?;
    for paste in &pastes {
        println!(
            "  interactive after {}, reported after {}, saved after {}; longest task {}",
            paste.interactive, paste.reported, paste.saved, paste.longest
        );
    }
    let longest = median(pastes.iter().map(|paste| paste.longest).collect());
    ensure!(
        longest <= NOTICEABLE,
        "a paste of 30,000 traits keeps the page busy for {longest} ms at a time, more than {NOTICEABLE}"
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
    fn outlier_does_not_change_the_median() {
        assert_eq!(super::median(vec![100, 900, 90, 120, 110]), 110);
    }
}
