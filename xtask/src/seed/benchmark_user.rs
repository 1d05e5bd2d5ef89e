//! The person whose requests are measured: two legacy accounts with eight collections of 25 members
//! each, and a new account with four. Every seeded Redis has the same.

use super::{account, bulk_loader::BulkLoader, list};
use fastrand::Rng;

/// The id of the new account.
pub(crate) const USER_ID: &str = "6d656173-7572-4564-8000-000000000000";
pub(crate) const EMAIL: &str = "measured@uthsc.example";

pub(crate) const LEGACY_IDS: [&str; 2] = [
    "6d656173-7572-4564-8000-000000000001",
    "6d656173-7572-4564-8000-000000000002",
];
const OWN_COLLECTIONS: usize = 4;
const LEGACY_COLLECTIONS: usize = 8;
const MEMBERS: usize = 25;

pub(super) fn add(loader: &mut BulkLoader) {
    // A generator of its own: the answers have the same bytes with every number of accounts.
    let mut rng = Rng::with_seed(0);
    for id in LEGACY_IDS {
        let record = format!(
            r#"{{"user_id": "{id}", "full_name": "Measured Researcher", "email_address": "{EMAIL}", "organization": "UTHSC", "active": 1, "confirmed": 1}}"#
        );
        loader.hset("users", id.to_owned(), record);
        let collections = collections(&mut rng, LEGACY_COLLECTIONS, MEMBERS);
        loader.hset("collections", id.to_owned(), list::as_gn2(&collections));
    }
    let flag = account::migration_flag(LEGACY_IDS[0], false);
    loader.hset("migratable-accounts", EMAIL.to_owned(), flag);
    let own = collections(&mut rng, OWN_COLLECTIONS, MEMBERS);
    loader.hset("collections2", USER_ID.to_owned(), list::as_gn_auth(&own));
}

pub(crate) fn collections(rng: &mut Rng, count: usize, members: usize) -> Vec<list::Collection> {
    (0..count)
        .map(|_| list::random_collection(rng, members))
        .collect()
}
