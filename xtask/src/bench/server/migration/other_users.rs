//! The time that other users wait while large lists are migrated, or copied by a plain client.
//!
//! There are two loads. `wrk` sends a request when the one before is answered, so it sends least
//! while the server stands still. The steady load sends at fixed times, and measures from then.

use super::{
    migrate::migrate,
    migrating_users::{MigratingUser, MigratingUsers},
};
use crate::bench::server::{
    load::{read_wrk, wrk},
    report::{median, number, print},
    test_bed::{Effort, Programs, TestBed},
};
use crate::process::Stop;
use anyhow::{Context, Result, bail, ensure};
use redis::{Commands, Connection};
use std::{
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The user who sends the requests.
const OTHER_USER: &str = "6d656173-7572-4564-8000-00000000000f";
/// Requests per second of the steady load.
const RATE: u32 = 500;
/// Commands that take Redis this many microseconds are in its `SLOWLOG`.
const SLOW: u32 = 500;
/// The 99th percentile, in milliseconds, that other users may wait while lists are migrated.
const MAX_P99: f64 = 100.0;

#[derive(Clone, Copy, PartialEq)]
enum Background {
    Nothing,
    Migrations,
    PlainCopies,
}

impl Background {
    const ALL: [Self; 3] = [Self::Nothing, Self::Migrations, Self::PlainCopies];

    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Migrations => "migrations",
            Self::PlainCopies => "HGET + HSET by a plain client",
        }
    }
}

/// The results of all runs with one background. Percentiles and durations are in milliseconds.
#[derive(Default)]
struct Figures {
    closed_p99: Vec<f64>,
    steady_p99: Vec<f64>,
    per_second: Vec<f64>,
    redis_busy: Vec<f64>,
    longest_command: Vec<f64>,
}

/// Measures and prints.
///
/// # Errors
/// If other users wait longer than [`MAX_P99`] while lists are migrated.
pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    bed: &TestBed,
    effort: &Effort,
) -> Result<()> {
    let largest = effort.collections.last().copied().unwrap_or_default();
    let mut redis = bed.redis().connect()?;
    let mut experiment = Experiment {
        stop,
        bed,
        users: MigratingUsers::new(&mut redis, largest)?,
        redis,
        plain_client: bed.redis().connect()?,
        interval: Duration::ZERO,
    };
    redis::cmd("CONFIG")
        .arg(&["SET", "slowlog-log-slower-than", &SLOW.to_string()])
        .arg(&["slowlog-max-len", "10000"])
        .exec(&mut experiment.redis)?;
    println!(
        "\nother users: GET /api/v1/collections while lists of {largest} collections are migrated one after the other; wrk -t1 -c16 (closed loop) and {RATE} requests/s (steady, measured from when each was due); Redis by its SLOWLOG from {SLOW} us on"
    );
    let mut all = Background::ALL.map(|_| Figures::default());
    for _ in 0..effort.runs {
        for (background, figures) in Background::ALL.into_iter().zip(&mut all) {
            experiment.run(programs, effort, background, figures)?;
        }
    }
    let mut rows = Vec::new();
    for (background, figures) in Background::ALL.into_iter().zip(&all) {
        let medians = [
            &figures.closed_p99,
            &figures.steady_p99,
            &figures.per_second,
            &figures.redis_busy,
            &figures.longest_command,
        ];
        let numbers = medians.map(|figures| number(median(figures)));
        rows.push([vec![background.name().to_owned()], numbers.to_vec()].concat());
    }
    print(
        &[
            "background",
            "p99 ms, closed",
            "p99 ms, steady",
            "per second",
            "Redis busy ms each",
            "longest command ms",
        ],
        &rows,
    );
    let [_, migrations, _] = &all;
    for p99 in [&migrations.closed_p99, &migrations.steady_p99].map(|all| median(all)) {
        ensure!(
            p99 <= MAX_P99,
            "other users wait {p99:.0} ms (p99) during migrations, more than {MAX_P99:.0} ms"
        );
    }
    Ok(())
}

struct Experiment<'a> {
    stop: &'a Stop,
    bed: &'a TestBed,
    users: MigratingUsers,
    redis: Connection,
    plain_client: Connection,
    /// Time between the starts of two migrations; the plain client copies as often.
    interval: Duration,
}

impl Experiment<'_> {
    fn run(
        &mut self,
        programs: &Programs,
        effort: &Effort,
        background: Background,
        figures: &mut Figures,
    ) -> Result<()> {
        let url = format!("{}/api/v1/collections", self.bed.url);
        let token = format!("{OTHER_USER}~other~uthsc.example");
        let closed = wrk(programs, &url, &token, effort.seconds);
        let closed = self.load(closed, background)?;
        let rate = read_wrk(&closed.report).with_context(|| closed.report.clone())?;
        figures.closed_p99.push(rate.p99);
        let (rate, seconds) = (RATE.to_string(), effort.seconds.to_string());
        let mut steady = Command::new(&programs.peer);
        steady.args(["steady", &url, &token, &rate, &seconds]);
        let steady = self.load(steady, background)?;
        let p99 = steady.report.split_whitespace().nth(1).context("no p99")?;
        figures.steady_p99.push(p99.parse()?);
        self.users.remove_lists(&mut self.redis)?;

        let (count, duration) = (
            closed.count + steady.count,
            closed.duration + steady.duration,
        );
        if background == Background::Migrations {
            self.interval = duration / count.max(1);
        }
        let busy = closed.redis_busy + steady.redis_busy;
        figures
            .per_second
            .push(f64::from(count) / duration.as_secs_f64());
        figures.redis_busy.push(busy / f64::from(count.max(1)));
        figures
            .longest_command
            .push(closed.longest_command.max(steady.longest_command));
        Ok(())
    }

    /// Runs a load, with this in the background.
    fn load(&mut self, mut command: Command, background: Background) -> Result<Load> {
        if background == Background::Nothing {
            self.users.remove_lists(&mut self.redis)?;
        } else {
            self.users.prepare(&mut self.redis)?;
        }
        redis::cmd("SLOWLOG").arg("RESET").exec(&mut self.redis)?;
        let start = Instant::now();
        let mut load = command.stdout(Stdio::piped()).spawn()?;
        let count = self.run_background(&mut load, background)?;
        let output = load.wait_with_output()?;
        if !output.status.success() {
            bail!("the load failed");
        }
        let duration = start.elapsed();
        let (redis_busy, longest_command) = self.slow_commands()?;
        Ok(Load {
            report: String::from_utf8_lossy(&output.stdout).into_owned(),
            count,
            duration,
            redis_busy,
            longest_command,
        })
    }

    /// Migrates or copies lists until the load ends. Returns their number.
    fn run_background(&mut self, load: &mut Child, background: Background) -> Result<u32> {
        let mut count = 0;
        while load.try_wait()?.is_none() {
            self.stop.check()?;
            let start = Instant::now();
            let mut next = || {
                let user = self.users.users.get(usize::try_from(count)?);
                count += 1;
                user.context("every user has migrated")
            };
            match background {
                Background::Nothing => thread::sleep(Duration::from_millis(10)),
                Background::Migrations => {
                    migrate(self.bed, &next()?.token)?;
                }
                Background::PlainCopies => {
                    let MigratingUser { legacy, owner, .. } = next()?;
                    let list: Vec<u8> = self.plain_client.hget("collections", legacy)?;
                    let _: () = self.plain_client.hset("collections2", owner, list)?;
                    thread::sleep(self.interval.saturating_sub(start.elapsed()));
                }
            }
        }
        Ok(count)
    }

    /// Returns the milliseconds of all slow commands together, and of the slowest.
    fn slow_commands(&mut self) -> Result<(f64, f64)> {
        type Entry = (u64, u64, f64, Vec<redis::Value>, String, String);
        let entries: Vec<Entry> = redis::cmd("SLOWLOG")
            .arg("GET")
            .arg(-1)
            .query(&mut self.redis)?;
        let durations = entries.iter().map(|entry| entry.2 / 1e3);
        let total = durations.clone().fold(0.0, |sum, duration| sum + duration);
        Ok((total, durations.fold(0.0, f64::max)))
    }
}

/// A load, and what happened in the background. Durations of Redis are in milliseconds.
struct Load {
    report: String,
    count: u32,
    duration: Duration,
    redis_busy: f64,
    longest_command: f64,
}
