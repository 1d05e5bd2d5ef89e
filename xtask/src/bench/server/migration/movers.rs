//! People with a large legacy list each: so many that migrations can follow each other for as long as others are
//! measured, with nothing to prepare in between.

use super::MEMBERS;
use crate::seed::{list, measured};
use anyhow::Result;
use fastrand::Rng;
use redis::{Commands, Connection};

/// How many: more than can be moved while one load runs.
const PEOPLE: u32 = 16;

/// One of them.
pub(super) struct Mover {
    /// The field of the legacy account.
    pub(super) legacy: String,
    /// The id on the new auth server.
    pub(super) owner: String,
    /// What the user endpoint takes for their token.
    pub(super) token: String,
}

/// All of them, and the list that each has.
pub(super) struct Movers {
    pub(super) all: Vec<Mover>,
    list: String,
}

impl Movers {
    /// Adds their accounts.
    pub(super) fn new(redis: &mut Connection, collections: usize) -> Result<Self> {
        let mut rng = Rng::with_seed(7);
        let list = list::as_gn2(&measured::collections(&mut rng, collections, MEMBERS));
        let all: Vec<Mover> = (0..PEOPLE).map(Mover::new).collect();
        for (mover, number) in all.iter().zip(0..) {
            let record = format!(
                r#"{{"user_id": "{}", "full_name": "Mover", "email_address": "{}"}}"#,
                mover.legacy,
                address(number)
            );
            let _: () = redis.hset("users", &mover.legacy, record)?;
        }
        Ok(Self { all, list })
    }

    /// Gives everybody the legacy list again, and nothing else.
    pub(super) fn prepare(&self, redis: &mut Connection) -> Result<()> {
        for mover in &self.all {
            let _: () = redis.hdel("collections2", &mover.owner)?;
            let _: () = redis.hset("collections", &mover.legacy, &self.list)?;
        }
        Ok(())
    }

    /// Takes the lists away.
    pub(super) fn remove(&self, redis: &mut Connection) -> Result<()> {
        for mover in &self.all {
            let _: () = redis.hdel("collections2", &mover.owner)?;
            let _: () = redis.hdel("collections", &mover.legacy)?;
        }
        Ok(())
    }
}

impl Mover {
    fn new(number: u32) -> Self {
        let owner = format!("6d6f7665-7200-4000-8000-0000000001{number:02}");
        Self {
            legacy: format!("6d6f7665-7200-4000-8000-0000000002{number:02}"),
            token: format!("{owner}~{}", address(number).replace('@', "~")),
            owner,
        }
    }
}

fn address(number: u32) -> String {
    format!("mover-{number}@uthsc.example")
}
