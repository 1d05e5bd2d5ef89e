//! The person whose requests are measured: two legacy accounts with eight collections of 25 members each, and an own
//! account with four. The same in every seeded Redis.

use super::{account, list, load::Load};
use anyhow::Result;
use fastrand::Rng;

/// Id on the new auth server.
pub(crate) const USER_ID: &str = "6d656173-7572-4564-8000-000000000000";
/// The address of all their accounts.
pub(crate) const EMAIL: &str = "measured@uthsc.example";

/// Ids of the legacy accounts.
pub(crate) const LEGACY_IDS: [&str; 2] = [
    "6d656173-7572-4564-8000-000000000001",
    "6d656173-7572-4564-8000-000000000002",
];
const OWN_COLLECTIONS: usize = 4;
const LEGACY_COLLECTIONS: usize = 8;
const MEMBERS: usize = 25;

/// Writes them.
pub(super) fn write(load: &mut Load) -> Result<()> {
    // Not the seed's: the answers must have the same bytes at every size.
    let mut rng = Rng::with_seed(0);
    for id in LEGACY_IDS {
        let record = format!(
            r#"{{"user_id": "{id}", "full_name": "Measured Researcher", "email_address": "{EMAIL}", "organization": "UTHSC", "active": 1, "confirmed": 1}}"#
        );
        load.hset("users", id, &record)?;
        let collections = collections(&mut rng, LEGACY_COLLECTIONS, MEMBERS);
        load.hset("collections", id, &list::as_gn2(&collections))?;
    }
    load.hset(
        "migratable-accounts",
        EMAIL,
        &account::flag(LEGACY_IDS[0], false),
    )?;
    let own = collections(&mut rng, OWN_COLLECTIONS, MEMBERS);
    load.hset("collections2", USER_ID, &list::as_gn_auth(&own))
}

/// So many collections of so many members.
pub(crate) fn collections(rng: &mut Rng, number: usize, members: usize) -> Vec<list::Collection> {
    (0..number).map(|_| list::of(rng, members)).collect()
}
