//! What others wait while the largest list is moved again and again, by migrations or by a plain client.
//!
//! Two loads, because they say different things: `wrk` asks again when it has been answered, so that it asks least while
//! everything stands still; the steady one asks at fixed times, and counts from then.

use super::{
    migrate,
    movers::{Mover, Movers},
};
use crate::bench::server::{
    Extent,
    bed::{Bed, Programs},
    load::{read_wrk, wrk},
    table::{median, number, print},
};
use crate::process::Stop;
use anyhow::{Context, Result, bail};
use redis::{Commands, Connection};
use std::{
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Who asks for their collections meanwhile.
const SOMEBODY: &str = "6d656173-7572-4564-8000-00000000000f";
/// Requests a second of the steady load.
const RATE: u32 = 500;
/// Microseconds from which on Redis notes a command.
const SLOW: u32 = 500;

/// What is done meanwhile.
#[derive(Clone, Copy, PartialEq)]
enum Meanwhile {
    Nothing,
    Migrations,
    Plain,
}

impl Meanwhile {
    const ALL: [Self; 3] = [Self::Nothing, Self::Migrations, Self::Plain];

    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Migrations => "migrations",
            Self::Plain => "HGET + HSET by a plain client",
        }
    }
}

/// What was measured of one.
#[derive(Default)]
struct Figures {
    closed: Vec<f64>,
    steady: Vec<f64>,
    times: Vec<f64>,
    blocked: Vec<f64>,
    longest: Vec<f64>,
}

/// Measures and prints. `kind` is what kind of Redis it is.
pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    bed: &Bed,
    extent: &Extent,
    kind: &str,
) -> Result<()> {
    let largest = extent.collections.last().copied().unwrap_or_default();
    let mut redis = bed.redis().connect()?;
    let mut work = Work {
        stop,
        bed,
        movers: Movers::new(&mut redis, largest)?,
        redis,
        plain: bed.redis().connect()?,
        pace: Duration::ZERO,
    };
    redis::cmd("CONFIG")
        .arg(&["SET", "slowlog-log-slower-than", &SLOW.to_string()])
        .arg(&["slowlog-max-len", "10000"])
        .exec(&mut work.redis)?;
    println!(
        "\nothers, with Redis {kind}, while {largest} collections are moved, one person's after the other: GET /api/v1/collections of somebody else, by wrk -t1 -c16 (closed loop) and at {RATE} requests/s (steady, counted from when each was due); Redis by its SLOWLOG from {SLOW} us on"
    );
    let mut all = Meanwhile::ALL.map(|_| Figures::default());
    for _ in 0..extent.runs {
        for (meanwhile, figures) in Meanwhile::ALL.into_iter().zip(&mut all) {
            work.run(programs, extent, meanwhile, figures)?;
        }
    }
    let mut rows = Vec::new();
    let [quiet_closed, quiet_steady] = [&all[0].closed, &all[0].steady].map(|all| median(all));
    for (meanwhile, figures) in Meanwhile::ALL.into_iter().zip(&all) {
        let (closed, steady) = (median(&figures.closed), median(&figures.steady));
        rows.push(vec![
            meanwhile.name().to_owned(),
            number(closed),
            number(closed / quiet_closed),
            number(steady),
            number(steady / quiet_steady),
            number(median(&figures.times)),
            number(median(&figures.blocked)),
            number(median(&figures.longest)),
        ]);
    }
    print(
        &[
            "meanwhile",
            "p99 ms, closed",
            "of quiet",
            "p99 ms, steady",
            "of quiet",
            "times a second",
            "Redis busy ms each time",
            "longest command ms",
        ],
        &rows,
    );
    Ok(())
}

struct Work<'a> {
    stop: &'a Stop,
    bed: &'a Bed,
    movers: Movers,
    redis: Connection,
    plain: Connection,
    /// How often a migration begins, so that the plain client is as busy.
    pace: Duration,
}

impl Work<'_> {
    fn run(
        &mut self,
        programs: &Programs,
        extent: &Extent,
        meanwhile: Meanwhile,
        figures: &mut Figures,
    ) -> Result<()> {
        let url = format!("{}/api/v1/collections", self.bed.url);
        let somebody = format!("{SOMEBODY}~somebody~uthsc.example");
        self.begin(meanwhile)?;
        let begun = Instant::now();
        let closed = wrk(programs, &url, &somebody, extent.seconds)
            .stdout(Stdio::piped())
            .spawn()?;
        let (report, mut times) = self.beside(closed, meanwhile)?;
        let rate = read_wrk(&report).with_context(|| report.clone())?;
        figures.closed.push(rate.p99);
        let mut took = begun.elapsed();
        let (mut blocked, mut longest) = self.blocked()?;
        self.begin(meanwhile)?;
        let begun = Instant::now();
        let (rate, seconds) = (RATE.to_string(), extent.seconds.to_string());
        let steady = Command::new(&programs.peer)
            .args(["steady", &url, &somebody, &rate, &seconds])
            .stdout(Stdio::piped())
            .spawn()?;
        let (report, more) = self.beside(steady, meanwhile)?;
        times += more;
        let p99 = report.split_whitespace().nth(1).context("no p99")?;
        figures.steady.push(p99.parse()?);
        took += begun.elapsed();
        let (more, another) = self.blocked()?;
        blocked += more;
        longest = longest.max(another);
        self.movers.remove(&mut self.redis)?;
        if meanwhile == Meanwhile::Migrations {
            self.pace = took / times.max(1);
        }
        figures.times.push(f64::from(times) / took.as_secs_f64());
        figures.blocked.push(blocked / f64::from(times.max(1)));
        figures.longest.push(longest);
        Ok(())
    }

    /// Makes everything ready, so that nothing else is done while the load runs.
    fn begin(&mut self, meanwhile: Meanwhile) -> Result<()> {
        if meanwhile == Meanwhile::Nothing {
            self.movers.remove(&mut self.redis)?;
        } else {
            self.movers.prepare(&mut self.redis)?;
        }
        redis::cmd("SLOWLOG").arg("RESET").exec(&mut self.redis)?;
        Ok(())
    }

    /// Does this until the load ends. Answers what that printed, and how often it was done.
    fn beside(&mut self, mut load: Child, meanwhile: Meanwhile) -> Result<(String, u32)> {
        let mut times = 0;
        while load.try_wait()?.is_none() {
            self.stop.check()?;
            let begun = Instant::now();
            let mut next = || {
                let mover = self.movers.all.get(usize::try_from(times)?);
                times += 1;
                mover.context("everybody's list has been moved")
            };
            match meanwhile {
                Meanwhile::Nothing => thread::sleep(Duration::from_millis(10)),
                Meanwhile::Migrations => {
                    migrate(self.bed, &next()?.token)?;
                }
                Meanwhile::Plain => {
                    let Mover { legacy, owner, .. } = next()?;
                    let list: Vec<u8> = self.plain.hget("collections", legacy)?;
                    let _: () = self.plain.hset("collections2", owner, list)?;
                    thread::sleep(self.pace.saturating_sub(begun.elapsed()));
                }
            }
        }
        let output = load.wait_with_output()?;
        if !output.status.success() {
            bail!("the load failed");
        }
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), times))
    }

    /// For how many milliseconds Redis was busy with slow commands, and with the slowest of them.
    fn blocked(&mut self) -> Result<(f64, f64)> {
        type Entry = (u64, u64, f64, Vec<redis::Value>, String, String);
        let entries: Vec<Entry> = redis::cmd("SLOWLOG")
            .arg("GET")
            .arg(-1)
            .query(&mut self.redis)?;
        let took = entries
            .iter()
            .map(|(_, _, microseconds, ..)| microseconds / 1e3);
        Ok((
            took.clone().fold(0.0, |sum, ms| sum + ms),
            took.fold(0.0, f64::max),
        ))
    }
}
