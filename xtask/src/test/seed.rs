//! Tests that the same number and seed give the same content, and another seed gives another.

use super::context::Context;
use crate::{demo::redis::Redis, seed};
use anyhow::{Result, ensure};
use std::{path::Path, sync::mpsc};

const ACCOUNTS: u32 = 5_000;

/// Fills three Redis servers and compares the digests of their content.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let logs = context.workspace.output_folder().join("seed");
    let first = digest(context, &logs, 1)?;
    let same = digest(context, &logs, 1)?;
    ensure!(first == same, "the same seed gave another content");
    let other = digest(context, &logs, 2)?;
    ensure!(first != other, "another seed gave the same content");
    Ok(())
}

/// Fills a Redis and returns the hash of its whole content.
fn digest(context: &Context<'_>, logs: &Path, seed: u64) -> Result<String> {
    let (tell, _events) = mpsc::channel();
    let arguments = ["--enable-debug-command", "local"];
    let redis = Redis::start(context.stop, logs, &tell, &arguments)?;
    seed::fill(context.stop, redis.url(), ACCOUNTS, seed)?;
    let mut connection = redis.connect()?;
    let accounts: u32 = redis::Commands::hlen(&mut connection, "users")?;
    ensure!(accounts == ACCOUNTS, "{accounts} accounts, not {ACCOUNTS}");
    Ok(redis::cmd("DEBUG").arg("DIGEST").query(&mut connection)?)
}
