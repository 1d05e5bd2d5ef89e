//! Measures migrations beside a plain client that copies the same bytes, and the time that other
//! users wait meanwhile.

mod migrate;
mod migrating_users;
mod other_users;

use super::{
    report::{median, number, print},
    test_bed::{Effort, Programs, TestBed, token},
};
use crate::{
    process::Stop,
    seed::{benchmark_user, list},
};
use anyhow::Result;
use fastrand::Rng;
use migrate::{MEMBERS, migrate};
use redis::{Commands, Connection};
use std::process::Command;

/// Field that the plain client writes.
const COPY: &str = "bench-copy";

pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    bed: &TestBed,
    effort: &Effort,
) -> Result<()> {
    println!(
        "\nmigration: POST /api/v1/migrations, and HGET + HSET of the same bytes by a plain client"
    );
    let mut rows = Vec::new();
    for &collections in effort.collections {
        let mut rng = Rng::with_seed(7);
        let list = list::as_gn2(&benchmark_user::collections(&mut rng, collections, MEMBERS));
        let (mut planned, mut ours, mut copied) = (Vec::new(), Vec::new(), Vec::new());
        let mut redis = bed.redis().connect()?;
        for _ in 0..effort.runs {
            prepare(&mut redis, &list)?;
            let took = stop.read(Command::new(&programs.peer).args([
                "copy",
                bed.redis().url(),
                "collections",
                benchmark_user::LEGACY_IDS[0],
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
    other_users::measure(stop, programs, bed, effort)
}

/// Stores the legacy list again, and removes the list of the new account.
fn prepare(redis: &mut Connection, list: &str) -> Result<()> {
    let _: () = redis.hdel("collections2", benchmark_user::USER_ID)?;
    let _: () = redis.hdel("collections", benchmark_user::LEGACY_IDS[1])?;
    let _: () = redis.hset("collections", benchmark_user::LEGACY_IDS[0], list)?;
    Ok(())
}
