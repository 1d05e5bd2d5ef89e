//! Migrations, beside a plain client that reads the same bytes and writes them again, and what others wait meanwhile.

mod movers;
mod others;

use super::{
    Extent,
    bed::{Bed, Programs, token},
    table::{median, number, print},
};
use crate::{
    process::Stop,
    seed::{list, measured},
};
use anyhow::Result;
use fastrand::Rng;
use redis::{Commands, Connection};
use serde::Deserialize;
use std::{process::Command, time::Instant};

/// Members of each collection.
const MEMBERS: usize = 100;
/// Where the plain client writes to.
const COPY: &str = "bench-copy";

#[derive(Deserialize)]
struct Plan {
    fingerprint: String,
}

/// Measures and prints. The second Redis keeps freed memory.
pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    bed: &Bed,
    keeping: &Bed,
    extent: &Extent,
) -> Result<()> {
    println!(
        "\nmigration: POST /api/v1/migrations, and HGET + HSET of the same bytes by a plain client"
    );
    let mut rows = Vec::new();
    for &collections in extent.collections {
        let mut rng = Rng::with_seed(7);
        let list = list::as_gn2(&measured::collections(&mut rng, collections, MEMBERS));
        let (mut planned, mut ours, mut copied) = (Vec::new(), Vec::new(), Vec::new());
        let mut redis = bed.redis().connect()?;
        for _ in 0..extent.runs {
            prepare(&mut redis, &list)?;
            let took = stop.read(Command::new(&programs.peer).args([
                "copy",
                bed.redis().url(),
                "collections",
                measured::LEGACY_IDS[0],
                COPY,
            ]))?;
            copied.push(took.trim().parse()?);
            let _: () = redis.hdel("collections", COPY)?;
            let (plan, migration) = migrate(bed, &token())?;
            planned.push(plan);
            ours.push(migration);
        }
        let [planned, ours, copied] = [planned, ours, copied].map(|figures| median(&figures));
        #[expect(clippy::cast_precision_loss, reason = "megabytes are enough")]
        let megabytes = list.len() as f64 / 1e6;
        rows.push(vec![
            collections.to_string(),
            number(megabytes),
            number(planned),
            number(ours),
            number(copied),
            number(ours / copied),
        ]);
    }
    print(
        &[
            "collections",
            "MB",
            "plan ms",
            "migration ms",
            "plain ms",
            "migration of plain",
        ],
        &rows,
    );
    others::measure(stop, programs, bed, extent, "as installed")?;
    others::measure(stop, programs, keeping, extent, "keeping freed memory")
}

/// The legacy list as it was, and nothing of the account's own. Answers nothing that is measured.
fn prepare(redis: &mut Connection, list: &str) -> Result<()> {
    let _: () = redis.hdel("collections2", measured::USER_ID)?;
    let _: () = redis.hdel("collections", measured::LEGACY_IDS[1])?;
    let _: () = redis.hset("collections", measured::LEGACY_IDS[0], list)?;
    Ok(())
}

/// Looks at the plan and executes it. Answers how many milliseconds each took.
fn migrate(bed: &Bed, token: &str) -> Result<(f64, f64)> {
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
