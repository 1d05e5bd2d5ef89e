//! Requests a second and their times, at every number of accounts, beside a bare handler and `redis-benchmark`.

use super::{
    Extent,
    bed::{Bed, Listening, Programs, token},
    load::{Rate, hget, http},
    table::{median, number, print},
};
use crate::{process::Stop, seed::measured, workspace::Workspace};
use anyhow::{Context, Result};
use std::{fs, process::Command, sync::mpsc};

/// The paths that are measured.
const PATHS: [&str; 2] = ["legacy", "collections"];

/// Measures and prints.
pub(super) fn measure(
    workspace: &Workspace,
    stop: &Stop,
    programs: &Programs,
    beds: &[Bed],
    extent: &Extent,
) -> Result<()> {
    println!(
        "\nrequests: wrk -t1 -c16 -d{}s --latency, redis-benchmark -c 16 -n 100000 HGET; medians of {} runs, which alternate, and of their ratios",
        extent.seconds, extent.runs
    );
    let mut rows = Vec::new();
    for path in PATHS {
        rows.extend(one(workspace, stop, programs, beds, extent, path)?);
    }
    print(
        &[
            "requested",
            "accounts",
            "requests/s",
            "of bare",
            "of HGET",
            "of the first",
            "p50 ms",
            "p99 ms",
            "p99 of bare",
            "memory MB",
        ],
        &rows,
    );
    Ok(())
}

/// What is loaded.
enum Competitor<'a> {
    /// A URL, asked with the measured person's token.
    Http(String),
    /// `HGET` of the Redis on this port.
    Hget(&'a str),
}

/// A row of the table.
struct Row<'a> {
    name: String,
    accounts: Option<u32>,
    competitor: Competitor<'a>,
    /// One for each run.
    rates: Vec<Rate>,
    memory: Option<u64>,
}

/// Where the rows are that others are compared with.
const BARE: usize = 0;
const HGET: usize = 1;

fn one(
    workspace: &Workspace,
    stop: &Stop,
    programs: &Programs,
    beds: &[Bed],
    extent: &Extent,
    path: &str,
) -> Result<Vec<Vec<String>>> {
    let first = beds.first().context("at least one size")?;
    let asked = |url: &str| Competitor::Http(format!("{url}/api/v1/{path}"));
    let bare = bare(
        stop,
        programs,
        &format!("{}/api/v1/{path}", first.url),
        path,
    )?;
    let port = first.redis().url().rsplit(':').next().unwrap_or_default();
    let mut rows = vec![
        Row::new(
            format!("bare handler, {path}"),
            Competitor::Http(bare.url.clone()),
        ),
        Row::new("redis-benchmark HGET".to_owned(), Competitor::Hget(port)),
    ];
    for bed in beds {
        let mut row = Row::new(path.to_owned(), asked(&bed.url));
        row.accounts = Some(bed.accounts);
        rows.push(row);
    }
    // As for people who look for the first time.
    let anew = (path == "legacy")
        .then(|| first.another_with(workspace, stop, programs, &[("GNC_PLAN_CACHE_MB", "0")]))
        .transpose()?;
    if let Some(anew) = &anew {
        let mut row = Row::new(format!("{path}, each plan made anew"), asked(&anew.url));
        row.accounts = Some(first.accounts);
        rows.push(row);
    }
    for run in 0..extent.runs {
        // Nobody is always the first, or always behind the same one.
        for place in 0..rows.len() {
            let row = (place + run) % rows.len();
            let rate = match &rows[row].competitor {
                Competitor::Http(url) => http(stop, programs, url, &token(), extent.seconds)?,
                Competitor::Hget(port) => hget(stop, programs, port, measured::USER_ID)?,
            };
            rows[row].rates.push(rate);
        }
    }
    for (row, bed) in rows.iter_mut().skip(HGET + 1).zip(beds) {
        row.memory = Some(bed.memory()?);
    }
    Ok(rows.iter().map(|row| row.cells(&rows)).collect())
}

impl<'a> Row<'a> {
    fn new(name: String, competitor: Competitor<'a>) -> Self {
        Self {
            name,
            accounts: None,
            competitor,
            rates: Vec::new(),
            memory: None,
        }
    }

    fn cells(&self, rows: &[Self]) -> Vec<String> {
        let per_second = |rate: &Rate| rate.per_second;
        let ratio = |other: &Self, figure: fn(&Rate) -> f64| number(self.of(other, figure));
        // The smallest number of accounts, of whoever has one and keeps plans.
        let smallest = rows.get(HGET + 1).filter(|row| row.name == self.name);
        #[expect(clippy::cast_precision_loss, reason = "megabytes are enough")]
        let megabytes = self.memory.map(|bytes| number(bytes as f64 / 1e6));
        vec![
            self.name.clone(),
            self.accounts
                .map(|accounts| accounts.to_string())
                .unwrap_or_default(),
            number(self.median(per_second)),
            ratio(&rows[BARE], per_second),
            ratio(&rows[HGET], per_second),
            smallest
                .map(|row| ratio(row, per_second))
                .unwrap_or_default(),
            number(self.median(|rate| rate.p50)),
            number(self.median(|rate| rate.p99)),
            ratio(&rows[BARE], |rate| rate.p99),
            megabytes.unwrap_or_default(),
        ]
    }

    fn median(&self, figure: fn(&Rate) -> f64) -> f64 {
        median(&self.rates.iter().map(figure).collect::<Vec<_>>())
    }

    /// The median of the ratios of single runs: what slows a whole run down, as a busy host does, is no part of it.
    fn of(&self, other: &Self, figure: fn(&Rate) -> f64) -> f64 {
        let runs = self.rates.iter().zip(&other.rates);
        median(
            &runs
                .map(|(rate, other)| figure(rate) / figure(other))
                .collect::<Vec<_>>(),
        )
    }
}

/// A handler that answers what the server answers.
fn bare(stop: &Stop, programs: &Programs, url: &str, name: &str) -> Result<Listening> {
    let body = ureq::get(url)
        .header("Authorization", format!("Bearer {}", token()))
        .call()?
        .body_mut()
        .read_to_vec()?;
    let file = programs.folder.join(format!("{name}.json"));
    fs::write(&file, body)?;
    let (tell, _) = mpsc::channel();
    let mut command = Command::new(&programs.peer);
    command.arg("bare").arg(file);
    Listening::start("bare handler", &mut command, programs, &tell, stop)
}
