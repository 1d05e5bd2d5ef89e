//! Measures requests a second and their durations at every number of accounts, beside a bare
//! handler and `redis-benchmark`.

use super::{
    load::{Rate, hget, http},
    report::{median, number, print},
    test_bed::{Effort, PeerProcess, Programs, TestBed, token},
};
use crate::{process::Stop, seed::benchmark_user};
use anyhow::{Context, Result};
use std::{fs, process::Command};

const PATHS: [&str; 2] = ["legacy", "collections"];

const HEADING: [&str; 10] = [
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
];

pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    beds: &[TestBed],
    effort: &Effort,
) -> Result<()> {
    println!(
        "\nrequests: wrk -t1 -c16 -d{}s --latency, redis-benchmark -c 16 -n 100000 HGET; medians of {} runs, which alternate, and of their ratios",
        effort.seconds, effort.runs
    );
    let mut rows = Vec::new();
    for path in PATHS {
        rows.extend(measure_path(stop, programs, beds, effort, path)?);
    }
    print(&HEADING, &rows);
    Ok(())
}

enum Competitor<'a> {
    /// A URL, requested with the token of the benchmark user.
    Http(String),
    /// `HGET` on the Redis of this port.
    Hget(&'a str),
}

struct Row<'a> {
    name: String,
    accounts: Option<u32>,
    competitor: Competitor<'a>,
    /// The results of all runs.
    rates: Vec<Rate>,
    memory: Option<u64>,
}

/// Indices of the rows that others are compared with.
const BARE: usize = 0;
const HGET: usize = 1;

fn measure_path(
    stop: &Stop,
    programs: &Programs,
    beds: &[TestBed],
    effort: &Effort,
    path: &str,
) -> Result<Vec<Vec<String>>> {
    let first = beds.first().context("at least one size")?;
    let competitor = |url: &str| Competitor::Http(format!("{url}/api/v1/{path}"));
    let bare = start_bare_handler(stop, programs, &first.url, path)?;
    let port = first.redis().url().rsplit(':').next().unwrap_or_default();
    let mut rows = vec![
        Row::new(
            format!("bare handler, {path}"),
            Competitor::Http(bare.url.clone()),
        ),
        Row::new("redis-benchmark HGET".to_owned(), Competitor::Hget(port)),
    ];
    for bed in beds {
        let mut row = Row::new(path.to_owned(), competitor(&bed.url));
        row.accounts = Some(bed.accounts);
        rows.push(row);
    }
    let (variant, setting) = if path == "legacy" {
        // The cost of a first visit, which finds no plan in the cache.
        ("without plan cache", ("GNC_PLAN_CACHE_MB", "0"))
    } else {
        (
            "with members, as GN2 lists them",
            ("GNC_GN2_BIND", "127.0.0.1:0"),
        )
    };
    let server = first.start_another(stop, programs, &[setting])?;
    let url = match &server.gn2_url {
        Some(url) => Competitor::Http(format!("{url}/auth/user/collections/list")),
        None => competitor(&server.url),
    };
    let mut row = Row::new(format!("{path}, {variant}"), url);
    row.accounts = Some(first.accounts);
    rows.push(row);
    for run in 0..effort.runs {
        // Each run starts with another row, so that none is always first.
        for position in 0..rows.len() {
            let row = (position + run) % rows.len();
            let rate = match &rows[row].competitor {
                Competitor::Http(url) => http(stop, programs, url, &token(), effort.seconds)?,
                Competitor::Hget(port) => hget(stop, programs, port, benchmark_user::USER_ID)?,
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
        let ratio = |other: &Self, figure: fn(&Rate) -> f64| number(self.ratio(other, figure));
        // The row of the same name with the fewest accounts.
        let smallest = rows.get(HGET + 1).filter(|row| row.name == self.name);
        #[expect(clippy::cast_precision_loss, reason = "megabytes are enough")]
        let megabytes = self.memory.map(|bytes| number(bytes as f64 / 1e6));
        vec![
            self.name.clone(),
            self.accounts.map_or_else(String::new, |n| n.to_string()),
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

    /// Returns the median of the ratios in each run, so that a slow run of both does not count.
    fn ratio(&self, other: &Self, figure: fn(&Rate) -> f64) -> f64 {
        let runs = self.rates.iter().zip(&other.rates);
        let ratios = runs.map(|(rate, other)| figure(rate) / figure(other));
        median(&ratios.collect::<Vec<_>>())
    }
}

/// Starts a handler that always sends the server's answer to this path.
fn start_bare_handler(
    stop: &Stop,
    programs: &Programs,
    server: &str,
    path: &str,
) -> Result<PeerProcess> {
    let mut answer = ureq::get(format!("{server}/api/v1/{path}"))
        .header("Authorization", format!("Bearer {}", token()))
        .call()?;
    let file = programs.folder.join(format!("{path}.json"));
    fs::write(&file, answer.body_mut().read_to_vec()?)?;
    let mut command = Command::new(&programs.peer);
    command.arg("bare").arg(file);
    PeerProcess::start("bare handler", &mut command, programs, stop)
}
