//! Compares the durations of refused claims: of an unknown account, and with a wrong password of
//! accounts of several kinds. They must not tell one from the other.

use super::{
    report::{median, number, print},
    test_bed::{Effort, Programs, TestBed},
};
use crate::process::Stop;
use anyhow::{Result, ensure};
use redis::{Commands, Connection};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::Instant;

/// Attempts of each kind in one run.
const ATTEMPTS: usize = 10;

struct Kind {
    name: &'static str,
    email: &'static str,
    /// Hash function and iterations of each account with the address.
    passwords: &'static [(&'static str, u32)],
}

/// The first is the one that the others are compared with.
const KINDS: [Kind; 5] = [
    Kind {
        name: "unknown account",
        email: "nobody@bench.example",
        passwords: &[],
    },
    Kind {
        name: "SHA-256, 1,000 iterations",
        email: "short@bench.example",
        passwords: &[("sha256", 1_000)],
    },
    Kind {
        name: "SHA-256, 100,000 iterations",
        email: "usual@bench.example",
        passwords: &[("sha256", 100_000)],
    },
    Kind {
        name: "three such accounts",
        email: "three@bench.example",
        passwords: &[("sha256", 100_000); 3],
    },
    Kind {
        name: "SHA-1, 100,000 iterations",
        email: "old@bench.example",
        passwords: &[("sha1", 100_000)],
    },
];

pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    bed: &TestBed,
    effort: &Effort,
) -> Result<()> {
    let attempts = effort.runs * ATTEMPTS;
    println!(
        "\nclaims: POST /api/v1/legacy/claims, medians of {attempts} refused attempts that alternate"
    );
    let mut redis = bed.redis().connect()?;
    for kind in &KINDS {
        store_accounts(&mut redis, kind)?;
    }
    let variables = [("GNC_CLAIM_BY_PASSWORD", "on")];
    let server = bed.start_another(stop, programs, &variables)?;
    let mut durations: [Vec<f64>; KINDS.len()] = Default::default();
    for attempt in 0..attempts {
        stop.check()?;
        // Each round starts with another kind, so that none is always first.
        for position in 0..KINDS.len() {
            let number = (attempt + position) % KINDS.len();
            let email = KINDS[number].email;
            let _: () = redis.del(attempts_key(email))?;
            durations[number].push(refused_claim(&server.url, email)?);
        }
    }
    let medians = durations.map(|durations| median(&durations));
    let rows: Vec<Vec<String>> = KINDS
        .iter()
        .zip(medians)
        .map(|(kind, took)| {
            let ratio = format!("{:.3}", took / medians[0]);
            vec![kind.name.to_owned(), number(took), ratio]
        })
        .collect();
    print(&["wrong password of", "median ms", "of unknown"], &rows);
    Ok(())
}

fn store_accounts(redis: &mut Connection, kind: &Kind) -> Result<()> {
    for (position, (function, iterations)) in kind.passwords.iter().enumerate() {
        let record = format!(
            r#"{{"email_address": "{}", "password": {{"algorithm": "pbkdf2", "hashfunc": "{function}", "salt": "c2FsdA==", "iterations": {iterations}, "keylength": 32, "password": "{}"}}}}"#,
            kind.email,
            "0".repeat(64),
        );
        let _: () = redis.hset("users", format!("{}-{position}", kind.email), record)?;
    }
    Ok(())
}

/// The attempts on an address are removed, because the limit would end the measurement.
fn attempts_key(email: &str) -> String {
    let mut key = "gnc:claim-attempts:".to_owned();
    for byte in Sha256::digest(email) {
        // Writing to a string cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    key
}

/// Claims as a person who has not tried before. Returns the milliseconds.
fn refused_claim(url: &str, email: &str) -> Result<f64> {
    let person = uuid::Builder::from_random_bytes(fastrand::u128(..).to_be_bytes()).into_uuid();
    let begun = Instant::now();
    let answer = ureq::post(format!("{url}/api/v1/legacy/claims"))
        .config()
        .http_status_as_error(false)
        .build()
        .header(
            "Authorization",
            format!("Bearer {person}~somebody~bench.example"),
        )
        .header("Content-Type", "application/json")
        .send(format!(r#"{{"email": "{email}", "password": "wrong"}}"#))?;
    let took = begun.elapsed();
    ensure!(answer.status() == 403, "{}", answer.status());
    Ok(took.as_secs_f64() * 1e3)
}
