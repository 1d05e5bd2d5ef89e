//! A migration as the page requests it.

use crate::bench::server::test_bed::TestBed;
use anyhow::Result;
use serde::Deserialize;
use std::time::Instant;

/// Members of each collection.
pub(super) const MEMBERS: usize = 100;

#[derive(Deserialize)]
struct Plan {
    fingerprint: String,
}

/// Requests the plan and executes it. Returns the milliseconds that each took.
pub(super) fn migrate(bed: &TestBed, token: &str) -> Result<(f64, f64)> {
    let bearer = format!("Bearer {token}");
    let begun = Instant::now();
    let plan = ureq::get(format!("{}/api/v1/legacy", bed.url))
        .header("Authorization", &bearer)
        .call()?
        .body_mut()
        .with_config()
        .limit(u64::MAX)
        .read_to_vec()?;
    let planned = begun.elapsed();
    let plan: Plan = serde_json::from_slice(&plan)?;
    let begun = Instant::now();
    let key = format!("{:x}", fastrand::u128(..));
    ureq::post(format!("{}/api/v1/migrations", bed.url))
        .header("Authorization", &bearer)
        .header("If-Match", format!("\"{}\"", plan.fingerprint))
        .header("Idempotency-Key", key)
        .header("Content-Type", "application/json")
        .send(r#"{"choices": {}}"#)?
        .body_mut()
        .with_config()
        .limit(u64::MAX)
        .read_to_vec()?;
    let migrated = begun.elapsed();
    Ok((planned.as_secs_f64() * 1e3, migrated.as_secs_f64() * 1e3))
}
