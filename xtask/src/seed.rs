//! `cargo xtask seed`: fills an empty Redis with any number of accounts, as GN2 and gn-auth would
//! have written them. The same number and seed give the same content.
//!
//! [`account`] makes people, [`list`] their collections, [`values`] their ids, times and names, and
//! [`bulk_loader`] sends everything to Redis. [`benchmark_user`] is the person whose requests
//! `cargo xtask bench` measures.

mod account;
pub(crate) mod benchmark_user;
mod bulk_loader;
pub(crate) mod list;
mod values;

use crate::process::Stop;
use account::Account;
use anyhow::{Context, Result, bail};
use bulk_loader::BulkLoader;
use clap::Args;
use fastrand::Rng;
use redis::{Client, Cmd, Commands};
use std::time::{Duration, Instant};

/// Percentage of accounts with a list of collections.
const WITH_LIST: u8 = 40;
/// Percentage of those lists that gn-auth has copied to a new account.
const COPIED: u8 = 5;
/// Number of accounts for each anonymous session.
const ACCOUNTS_PER_SESSION: u32 = 50;
/// GN2 forgets anonymous sessions after 30 days.
const SESSION_SECONDS: i64 = 30 * 86_400;

/// Options of `cargo xtask seed`.
#[derive(Args)]
pub(crate) struct Options {
    /// Number of legacy accounts.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    accounts: u32,
    /// Seed of the random numbers: the same seed gives the same content.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The Redis to fill; it must hold no accounts.
    #[arg(long, value_name = "URL", default_value = "redis://127.0.0.1:6379/0")]
    redis: String,
    /// Port of a Redis on this machine, instead of --redis.
    #[arg(long, value_name = "P", conflicts_with = "redis")]
    port: Option<u16>,
}

/// Fills the Redis of the options.
pub(crate) fn run(stop: &Stop, options: &Options) -> Result<()> {
    let Options { accounts, seed, .. } = options;
    let local = |port| format!("redis://127.0.0.1:{port}/0");
    let url = options.port.map_or_else(|| options.redis.clone(), local);
    let seconds = fill(stop, &url, *accounts, *seed)?.as_secs_f32();
    println!("{accounts} accounts, seed {seed}: {seconds:.1} s");
    Ok(())
}

/// Writes this number of accounts with everything that belongs to them, and returns the duration.
pub(crate) fn fill(stop: &Stop, url: &str, accounts: u32, seed: u64) -> Result<Duration> {
    let client = Client::open(url).with_context(|| format!("{url} is no Redis URL"))?;
    let mut connection = client
        .get_connection_with_timeout(Duration::from_secs(3))
        .with_context(|| format!("cannot reach the Redis at {url}"))?;
    if connection.exists("users")? {
        bail!("this Redis holds accounts already");
    }
    let start = Instant::now();
    let mut loader = BulkLoader::new(connection);
    let mut rng = Rng::with_seed(seed);
    benchmark_user::add(&mut loader);
    for number in 2..accounts {
        if number % 1_000 == 0 {
            stop.check()?;
        }
        add_account(&mut loader, &mut rng, number);
        if number % ACCOUNTS_PER_SESSION == 0 {
            add_anonymous_session(&mut loader, &mut rng);
        }
    }
    loader.finish()?;
    Ok(start.elapsed())
}

fn add_account(loader: &mut BulkLoader, rng: &mut Rng, number: u32) {
    let account = Account::random(rng, number);
    let field = account.field;
    loader.hset("users", field.clone(), account.record);
    let has_list = rng.u8(..100) < WITH_LIST;
    let copied = has_list && account.email.is_some() && rng.u8(..100) < COPIED;
    if has_list {
        let collections = list::random(rng);
        loader.hset("collections", field.clone(), list::as_gn2(&collections));
        if copied {
            let new_id = values::uuid(rng);
            loader.hset("collections2", new_id, list::as_gn_auth(&collections));
        }
    }
    if let Some(email) = account.email {
        let flag = account::migration_flag(&field, copied);
        loader.hset("migratable-accounts", email, flag);
    }
}

/// Adds an anonymous session of GN2 and its collections.
fn add_anonymous_session(loader: &mut BulkLoader, rng: &mut Rng) {
    let (session, user) = (values::uuid(rng), values::uuid(rng));
    let collections = list::as_gn2(&list::random(rng));
    let login_time = format!("{}.0", rng.u32(1_600_000_000..1_700_000_000));
    let key = format!("anon_user_v1:{session}");
    let fields = [
        ("user_id", user.as_str()),
        ("user_type", "anon"),
        ("login_time", &login_time),
    ];
    loader.add(Cmd::hset_multiple(&key, &fields));
    loader.add(Cmd::expire(&key, SESSION_SECONDS));
    loader.hset("collections", user, collections);
}
