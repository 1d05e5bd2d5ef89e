//! Measures the page: the download of a first visit, the Lighthouse scores on a phone, and how long
//! a large paste keeps the page busy.

mod paste;

use crate::{
    demo::process::DemoProcess,
    page,
    process::Stop,
    tools::{
        node,
        system::{self, CHROMIUM},
    },
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::process::Command;

/// The lowest accepted performance score; 95 is the goal.
const MIN_PERFORMANCE: u32 = 90;

/// The only accepted score of the other categories.
const FULL_SCORE: u32 = 100;

/// Number of loads. The median counts, because the scores vary with other work of the machine.
const LOADS: usize = 3;

/// Loads and audits the page in a browser.
const PROGRAM: &str = include_str!("page/lighthouse.mjs");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    scores: Vec<Score>,
    metrics: Vec<Metric>,
    long_tasks: Vec<u32>,
    failures: Vec<String>,
}

#[derive(Deserialize)]
struct Score {
    category: String,
    each: Vec<u32>,
}

#[derive(Deserialize)]
struct Metric {
    title: String,
    each: Vec<String>,
}

/// Prints the sizes of the page and the Lighthouse scores of its first page in the demo; fails when
/// a score is too low.
pub(super) fn run(workspace: &Workspace, stop: &Stop) -> Result<()> {
    ensure!(!page::is_draft(), "a draft of the page is not measured");
    page::build(workspace, stop)?;
    let lighthouse = node::lighthouse(workspace, stop)?;
    let node = node::program(stop)?;
    let chromium = system::find(stop, CHROMIUM)?;
    node::packages(workspace, stop)?;

    let folder = workspace.output_folder().join("demo-bench");
    let demo = DemoProcess::start(workspace, stop, &folder)?;
    let url = demo.address("url")?;

    paste::run(workspace, stop, &node, &chromium, url)?;

    println!("Lighthouse, phone profile, {LOADS} loads of {url}/");
    let answer = stop.read(
        Command::new(&node)
            .args(["--input-type=module", "--eval", PROGRAM, "--"])
            .arg(lighthouse)
            .arg(&chromium)
            .arg(format!("{url}/"))
            .arg(LOADS.to_string()),
    )?;
    let audit: Audit = serde_json::from_str(&answer).context("the report of Lighthouse")?;
    audit.print();
    audit.check()
}

impl Audit {
    fn print(&self) {
        for score in &self.scores {
            let Score { category, each } = score;
            println!("  {:>5}  {category}  {each:?}", score.median());
        }
        for metric in &self.metrics {
            println!("         {}: {}", metric.title, metric.each.join(", "));
        }
        println!("         longest task: {:?} ms", self.long_tasks);
        for failure in &self.failures {
            println!("         failed: {failure}");
        }
    }

    fn check(&self) -> Result<()> {
        for score in &self.scores {
            let minimum = match score.category.as_str() {
                "performance" => MIN_PERFORMANCE,
                _ => FULL_SCORE,
            };
            let median = score.median();
            ensure!(
                median >= minimum,
                "{}: {median}, less than {minimum}",
                score.category
            );
        }
        Ok(())
    }
}

impl Score {
    fn median(&self) -> u32 {
        let mut each = self.each.clone();
        each.sort_unstable();
        each.get(each.len() / 2).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audit(performance: &[u32], accessibility: u32) -> Audit {
        let score = |category: &str, each: &[u32]| Score {
            category: category.to_owned(),
            each: each.to_owned(),
        };
        Audit {
            scores: vec![
                score("performance", performance),
                score("accessibility", &[accessibility]),
            ],
            metrics: Vec::new(),
            long_tasks: Vec::new(),
            failures: Vec::new(),
        }
    }

    #[test]
    fn median_performance_counts_and_accessibility_must_be_full() {
        assert!(audit(&[20, 95, 90], 100).check().is_ok());
        assert!(audit(&[89, 100, 88], 100).check().is_err());
        assert!(audit(&[100], 99).check().is_err());
    }
}
