//! Load on an HTTP server by `wrk`, and on a Redis by `redis-benchmark`.

use super::test_bed::Programs;
use crate::process::Stop;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Simultaneous connections.
const CONNECTIONS: &str = "16";
/// Commands of one run of `redis-benchmark`.
const COMMANDS: &str = "100000";

/// The result of one run; `p50` and `p99` are percentiles in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    pub(super) per_second: f64,
    pub(super) p50: f64,
    pub(super) p99: f64,
}

/// Returns the command that loads this URL.
pub(super) fn wrk(programs: &Programs, url: &str, token: &str, seconds: u32) -> Command {
    let mut command = Command::new(&programs.wrk);
    command
        .args(["-t1", "-c", CONNECTIONS, "--latency"])
        .arg(format!("-d{seconds}s"))
        .args(["-H", &format!("Authorization: Bearer {token}")])
        .arg(url);
    command
}

/// Loads this URL, and fails unless every request succeeds.
pub(super) fn http(
    stop: &Stop,
    programs: &Programs,
    url: &str,
    token: &str,
    seconds: u32,
) -> Result<Rate> {
    let report = stop.read(&mut wrk(programs, url, token, seconds))?;
    read_wrk(&report).with_context(|| format!("wrk {url}: {report}"))
}

pub(super) fn read_wrk(report: &str) -> Result<Rate> {
    let after = |word: &str| {
        let mut lines = report.lines().map(str::trim);
        let rest = lines.find_map(|line| line.strip_prefix(word));
        rest.with_context(|| format!("no {word}")).map(str::trim)
    };
    if report.contains("Non-2xx") || report.contains("Socket errors") {
        bail!("some requests failed");
    }
    Ok(Rate {
        per_second: after("Requests/sec:")?.parse()?,
        p50: milliseconds(after("50%")?)?,
        p99: milliseconds(after("99%")?)?,
    })
}

/// Parses `487.00us`, `4.45ms`, `1.20s` or `1.10m`.
fn milliseconds(text: &str) -> Result<f64> {
    for (unit, factor) in [("us", 1e-3), ("ms", 1.0), ("s", 1e3), ("m", 6e4)] {
        if let Some(figure) = text.strip_suffix(unit) {
            return Ok(figure.parse::<f64>()? * factor);
        }
    }
    bail!("{text} is no time")
}

/// Loads a Redis with `HGET`.
pub(super) fn hget(stop: &Stop, programs: &Programs, port: &str, field: &str) -> Result<Rate> {
    let report = stop.read(
        Command::new(&programs.redis_benchmark)
            .args(["-p", port, "-c", CONNECTIONS, "-n", COMMANDS, "--csv"])
            .args(["HGET", "collections2", field]),
    )?;
    read_csv(&report).with_context(|| format!("redis-benchmark: {report}"))
}

/// Reads the columns `rps`, `p50_latency_ms` and `p99_latency_ms`, counted from the right: the
/// first column, the command, may hold commas.
fn read_csv(report: &str) -> Result<Rate> {
    let line = report.lines().last().context("it printed nothing")?;
    let cells: Vec<&str> = line.rsplit(',').collect();
    let cell = |from_the_right: usize| -> Result<f64> {
        let cell = cells.get(from_the_right).context("too few columns")?;
        Ok(cell.trim_matches('"').parse()?)
    };
    Ok(Rate {
        per_second: cell(6)?,
        p50: cell(3)?,
        p99: cell(1)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_parsed() {
        let report = "  Latency Distribution\n     50%  487.00us\n     75%    1.00ms\n     99%    4.45ms\nRequests/sec:  23570.08\n";
        let rate = Rate {
            per_second: 23_570.08,
            p50: 0.487,
            p99: 4.45,
        };
        assert_eq!(read_wrk(report).unwrap(), rate);
        assert!(read_wrk(&format!("Non-2xx or 3xx responses: 9\n{report}")).is_err());
        let csv = "\"test\",\"rps\",\"avg\"\n\"HGET a,b\",\"90000.5\",\"0.1\",\"0.02\",\"0.15\",\"0.2\",\"0.3\",\"1.1\"";
        let rate = read_csv(csv).unwrap();
        assert_eq!(
            rate,
            Rate {
                per_second: 90_000.5,
                p50: 0.15,
                p99: 0.3
            }
        );
    }
}
