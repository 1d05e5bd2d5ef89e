//! The page: what a first visit downloads, what Lighthouse says of it on a phone, and how long a large paste keeps it busy.

mod paste;

use crate::{
    page,
    process::{Service, Stop},
    tools::{
        node,
        system::{self, CHROMIUM},
    },
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::{env, fs, process::Command, sync::mpsc, time::Duration};

/// Its own lower bound for the performance of the page; 95 is the goal.
const PERFORMANCE: u32 = 90;

/// For accessibility and best practices nothing less will do.
const WHOLE: u32 = 100;

/// How often the page is loaded. The scores vary with what else the machine does: the median counts.
const TIMES: usize = 3;

/// How long the demo may take to start; it has nothing to build by then but, perhaps, the server.
const PATIENCE: Duration = Duration::from_mins(25);

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

/// Builds the page if needed, prints its sizes, runs the demo, and prints what Lighthouse says of its first page; fails
/// when a score is too low.
pub(super) fn run(workspace: &Workspace, stop: &Stop) -> Result<()> {
    ensure!(!page::is_draft(), "a draft of the page is not measured");
    page::build(workspace, stop)?;
    let lighthouse = node::lighthouse(workspace, stop)?;
    let node = node::program(stop)?;
    let chromium = system::find(stop, CHROMIUM)?;
    node::packages(workspace, stop)?;

    let folder = workspace.notes().join("demo-bench");
    let file = folder.join("demo.json");
    if file.exists() {
        // What a killed demo left would be taken for the new one's.
        fs::remove_file(&file)?;
    }
    let (tell, _events) = mpsc::channel();
    let mut command = Command::new(env::current_exe()?);
    command
        .args(["demo", "--port", "0", "--folder"])
        .arg(&folder)
        .current_dir(&workspace.root);
    // Ends with this function.
    let mut demo = Service::start("demo", &mut command, folder.join("demo.log"), tell)?;
    let record: Value = demo.wait_for(PATIENCE, |_| {
        stop.check()?;
        let content = fs::read(&file).ok();
        let content = content.map(|content| serde_json::from_slice(&content));
        content.transpose().context("demo.json")
    })?;
    let url = record["url"].as_str().context("demo.json has no url")?;

    paste::run(workspace, stop, &node, &chromium, url)?;

    println!("Lighthouse, phone profile, {TIMES} loads of {url}/");
    let answer = stop.read(
        Command::new(&node)
            .args(["--input-type=module", "--eval", PROGRAM, "--"])
            .arg(lighthouse)
            .arg(&chromium)
            .arg(format!("{url}/"))
            .arg(TIMES.to_string()),
    )?;
    let audit: Audit = serde_json::from_str(&answer).context("what Lighthouse says")?;
    audit.print();
    audit.check()
}

impl Audit {
    fn print(&self) {
        for score in &self.scores {
            println!(
                "  {:>5}  {}  {:?}",
                score.median(),
                score.category,
                score.each
            );
        }
        for metric in &self.metrics {
            println!("         {}: {}", metric.title, metric.each.join(", "));
        }
        println!("         longest task: {:?} ms", self.long_tasks);
        for failure in &self.failures {
            println!("         to be mended: {failure}");
        }
    }

    fn check(&self) -> Result<()> {
        for score in &self.scores {
            let wanted = match score.category.as_str() {
                "performance" => PERFORMANCE,
                _ => WHOLE,
            };
            let median = score.median();
            ensure!(
                median >= wanted,
                "{}: {median}, less than {wanted}",
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
    fn the_median_counts_and_nothing_less_than_whole_accessibility() {
        assert!(audit(&[20, 95, 90], 100).check().is_ok());
        assert!(audit(&[89, 100, 88], 100).check().is_err());
        assert!(audit(&[100], 99).check().is_err());
    }
}
