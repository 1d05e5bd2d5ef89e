//! The same number and seed give the same content, another seed another one.

use super::Context;
use crate::{demo::redis::Redis, seed};
use anyhow::{Result, ensure};
use std::{path::Path, sync::mpsc};

const ACCOUNTS: u32 = 5_000;

/// Fills three Redis servers and compares what Redis says of their content.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let logs = context.workspace.notes().join("seed");
    let one = digest(context, &logs, 1)?;
    ensure!(
        one == digest(context, &logs, 1)?,
        "the same seed gave another content"
    );
    ensure!(
        one != digest(context, &logs, 2)?,
        "another seed gave the same content"
    );
    Ok(())
}

/// A hash over everything that a Redis holds after it was filled.
fn digest(context: &Context<'_>, logs: &Path, seed: u64) -> Result<String> {
    // Nobody needs to be told when the server ends.
    let (tell, _events) = mpsc::channel();
    let arguments = ["--enable-debug-command", "local"];
    let redis = Redis::start(context.stop, logs, &tell, &arguments, &[])?;
    seed::fill(context.stop, redis.url(), ACCOUNTS, seed)?;
    let mut connection = redis.connect()?;
    let accounts: u32 = redis::Commands::hlen(&mut connection, "users")?;
    ensure!(accounts == ACCOUNTS, "{accounts} accounts, not {ACCOUNTS}");
    Ok(redis::cmd("DEBUG").arg("DIGEST").query(&mut connection)?)
}
