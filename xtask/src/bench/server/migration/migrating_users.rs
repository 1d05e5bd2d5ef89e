//! Users with a large legacy list each. They are so many that one migration follows the other for
//! as long as the load runs, with nothing to prepare in between.

use super::migrate::MEMBERS;
use crate::seed::{benchmark_user, list};
use anyhow::Result;
use fastrand::Rng;
use redis::{Commands, Connection};

/// More than can migrate while one load runs.
const USERS: u32 = 100;

pub(super) struct MigratingUser {
    /// Field of the legacy account.
    pub(super) legacy: String,
    /// Id on the new auth server.
    pub(super) owner: String,
    pub(super) token: String,
}

pub(super) struct MigratingUsers {
    pub(super) users: Vec<MigratingUser>,
    /// The legacy list that each of them has.
    list: String,
}

impl MigratingUsers {
    /// Adds their accounts to Redis.
    pub(super) fn new(redis: &mut Connection, collections: usize) -> Result<Self> {
        let mut rng = Rng::with_seed(7);
        let list = list::as_gn2(&benchmark_user::collections(&mut rng, collections, MEMBERS));
        let users: Vec<MigratingUser> = (0..USERS).map(MigratingUser::new).collect();
        for (user, number) in users.iter().zip(0..) {
            let record = format!(
                r#"{{"user_id": "{}", "full_name": "Migrating", "email_address": "{}"}}"#,
                user.legacy,
                address(number)
            );
            let _: () = redis.hset("users", &user.legacy, record)?;
        }
        Ok(Self { users, list })
    }

    /// Gives every user the legacy list, and no list of the new account.
    pub(super) fn prepare(&self, redis: &mut Connection) -> Result<()> {
        for user in &self.users {
            let _: () = redis.hdel("collections2", &user.owner)?;
            let _: () = redis.hset("collections", &user.legacy, &self.list)?;
        }
        Ok(())
    }

    /// Removes all lists, and the before-images of the migrations.
    pub(super) fn remove_lists(&self, redis: &mut Connection) -> Result<()> {
        let images: Vec<String> = redis
            .scan_match("gnc:before:*")?
            .collect::<Result<_, _>>()?;
        for image in images {
            let _: () = redis.del(image)?;
        }
        for user in &self.users {
            let _: () = redis.hdel("collections2", &user.owner)?;
            let _: () = redis.hdel("collections", &user.legacy)?;
        }
        Ok(())
    }
}

impl MigratingUser {
    fn new(number: u32) -> Self {
        let owner = format!("6d6f7665-7200-4000-8000-00000001{number:04}");
        Self {
            legacy: format!("6d6f7665-7200-4000-8000-00000002{number:04}"),
            token: format!("{owner}~{}", address(number).replace('@', "~")),
            owner,
        }
    }
}

fn address(number: u32) -> String {
    format!("migrating-{number}@uthsc.example")
}
