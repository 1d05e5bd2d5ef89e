//! `cargo xtask seed`: fills an empty Redis with as many accounts as are asked for, as GN2 and gn-auth would have written
//! them. The same number and seed give the same content.
//!
//! [`account`] makes people, [`list`] their collections, [`text`] the values both are made of, [`load`] brings all of it
//! to Redis. [`measured`] is the one person whose requests `cargo xtask bench` measures.

mod account;
pub(crate) mod list;
mod load;
pub(crate) mod measured;
mod text;

use crate::process::Stop;
use account::Account;
use anyhow::{Context, Result, bail};
use clap::Args;
use fastrand::Rng;
use load::Load;
use redis::{Client, Commands};
use std::time::{Duration, Instant};

/// How many of a hundred accounts ever saved a collection.
const WITH_LIST: u8 = 40;
/// How many of a hundred of those registered afresh, and had their list copied by gn-auth.
const COPIED: u8 = 5;
/// One anonymous session a so many accounts.
const ACCOUNTS_PER_SESSION: u32 = 50;
/// GN2 forgets anonymous sessions after 30 days.
const SESSION_SECONDS: u32 = 30 * 86_400;

/// Options of `cargo xtask seed`.
#[derive(Args)]
pub(crate) struct Options {
    /// How many legacy accounts.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    accounts: u32,
    /// The same seed gives the same content.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The Redis to fill; it must hold no accounts.
    #[arg(long, value_name = "URL", default_value = "redis://127.0.0.1:6379/0")]
    redis: String,
    /// The same, for one on this machine.
    #[arg(long, value_name = "P", conflicts_with = "redis")]
    port: Option<u16>,
}

/// Fills the Redis that the options name.
pub(crate) fn run(stop: &Stop, options: &Options) -> Result<()> {
    let url = options.port.map_or_else(
        || options.redis.clone(),
        |port| format!("redis://127.0.0.1:{port}/0"),
    );
    let took = fill(stop, &url, options.accounts, options.seed)?;
    println!(
        "{} accounts, seed {}: {:.1} s",
        options.accounts,
        options.seed,
        took.as_secs_f32()
    );
    Ok(())
}

/// Writes so many accounts and everything that belongs to them.
pub(crate) fn fill(stop: &Stop, url: &str, accounts: u32, seed: u64) -> Result<Duration> {
    let client = Client::open(url).with_context(|| format!("{url} is no Redis URL"))?;
    let mut connection = client
        .get_connection_with_timeout(Duration::from_secs(3))
        .with_context(|| format!("cannot reach the Redis at {url}"))?;
    if connection.exists("users")? {
        bail!("this Redis holds accounts already");
    }
    let begun = Instant::now();
    let mut load = Load::connect(&client)?;
    let mut rng = Rng::with_seed(seed);
    measured::write(&mut load)?;
    for number in 2..accounts {
        if number % 1_000 == 0 {
            stop.check()?;
        }
        person(&mut load, &mut rng, number)?;
        if number % ACCOUNTS_PER_SESSION == 0 {
            visitor(&mut load, &mut rng)?;
        }
    }
    load.finish()?;
    Ok(begun.elapsed())
}

/// One account with what GN2 and gn-auth keep of it.
fn person(load: &mut Load, rng: &mut Rng, number: u32) -> Result<()> {
    let account = Account::random(rng, number);
    load.hset("users", &account.field, &account.record)?;
    let has_list = rng.u8(..100) < WITH_LIST;
    let copied = has_list && account.email.is_some() && rng.u8(..100) < COPIED;
    if has_list {
        let collections = list::random(rng);
        load.hset("collections", &account.field, &list::as_gn2(&collections))?;
        if copied {
            let new_id = text::uuid(rng);
            load.hset("collections2", &new_id, &list::as_gn_auth(&collections))?;
        }
    }
    if let Some(email) = &account.email {
        let flag = account::flag(&account.field, copied);
        load.hset("migratable-accounts", email, &flag)?;
    }
    Ok(())
}

/// An anonymous session of GN2 and its collections.
fn visitor(load: &mut Load, rng: &mut Rng) -> Result<()> {
    let (session, user) = (text::uuid(rng), text::uuid(rng));
    load.hset("collections", &user, &list::as_gn2(&list::random(rng)))?;
    let key = format!("anon_user_v1:{session}");
    let login = format!("{}.0", rng.u32(1_600_000_000..1_700_000_000));
    load.command(&[
        "HSET",
        &key,
        "user_id",
        &user,
        "user_type",
        "anon",
        "login_time",
        &login,
    ])?;
    load.command(&["EXPIRE", &key, &SESSION_SECONDS.to_string()])
}
