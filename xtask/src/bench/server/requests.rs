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
        "\nrequests: wrk -t1 -c16 -d{}s --latency, redis-benchmark -c 16 -n 100000 HGET; medians of {} runs, which alternate",
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
            "p50 ms",
            "p99 ms",
            "p99 of bare",
            "memory MB",
        ],
        &rows,
    );
    Ok(())
}

fn one(
    workspace: &Workspace,
    stop: &Stop,
    programs: &Programs,
    beds: &[Bed],
    extent: &Extent,
    path: &str,
) -> Result<Vec<Vec<String>>> {
    let first = beds.first().context("at least one size")?;
    let bare = bare(
        stop,
        programs,
        &format!("{}/api/v1/{path}", first.url),
        path,
    )?;
    // As for people who look for the first time.
    let anew = (path == "legacy")
        .then(|| first.another_with(workspace, stop, programs, &[("GNC_PLAN_CACHE_MB", "0")]))
        .transpose()?;
    let mut anew_rates = Vec::new();
    let mut bare_rates = Vec::new();
    let mut redis_rates = Vec::new();
    let mut rates: Vec<Vec<Rate>> = vec![Vec::new(); beds.len()];
    for _ in 0..extent.runs {
        bare_rates.push(http(stop, programs, &bare.url, &token(), extent.seconds)?);
        for (bed, rates) in beds.iter().zip(&mut rates) {
            let url = format!("{}/api/v1/{path}", bed.url);
            rates.push(http(stop, programs, &url, &token(), extent.seconds)?);
        }
        if let Some(anew) = &anew {
            let url = format!("{}/api/v1/{path}", anew.url);
            anew_rates.push(http(stop, programs, &url, &token(), extent.seconds)?);
        }
        let port = first.redis().url().rsplit(':').next().unwrap_or_default();
        redis_rates.push(hget(stop, programs, port, measured::USER_ID)?);
    }
    let (bare, redis) = (middle(&bare_rates), middle(&redis_rates));
    let line = |name: &str, accounts: String, rate: Rate, memory: String| {
        vec![
            name.to_owned(),
            accounts,
            number(rate.per_second),
            number(rate.per_second / bare.per_second),
            number(rate.per_second / redis.per_second),
            number(rate.p50),
            number(rate.p99),
            number(rate.p99 / bare.p99),
            memory,
        ]
    };
    let mut rows = vec![
        line(
            &format!("bare handler, {path}"),
            String::new(),
            bare,
            String::new(),
        ),
        line("redis-benchmark HGET", String::new(), redis, String::new()),
    ];
    if !anew_rates.is_empty() {
        let name = format!("{path}, each plan made anew");
        let accounts = first.accounts.to_string();
        rows.push(line(&name, accounts, middle(&anew_rates), String::new()));
    }
    for (bed, rates) in beds.iter().zip(&rates) {
        #[expect(clippy::cast_precision_loss, reason = "megabytes are enough")]
        let memory = number(bed.memory()? as f64 / 1e6);
        rows.push(line(path, bed.accounts.to_string(), middle(rates), memory));
    }
    Ok(rows)
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

/// The median of each figure.
fn middle(rates: &[Rate]) -> Rate {
    let of = |figure: fn(&Rate) -> f64| median(&rates.iter().map(figure).collect::<Vec<_>>());
    Rate {
        per_second: of(|rate| rate.per_second),
        p50: of(|rate| rate.p50),
        p99: of(|rate| rate.p99),
    }
}
