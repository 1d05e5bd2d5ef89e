//! The id that a collection gets in the target.

use crate::api::Repair;
use crate::collection::hex;
use crate::legacy::ReadCollection;
use crate::transfer::input::Source;
use std::collections::HashSet;
use uuid::Uuid;

/// Ids that are made fresh are derived from what they are made for, so that the preview and the
/// execution agree on them without sharing a random number.
const FRESH_IDS: Uuid = Uuid::from_u128(0x6d2c_5f1e_94ab_4c07_b1d3_0e8f_7a65_c942);

/// Which ids are taken.
pub(super) struct Ids {
    /// The account that receives.
    pub(super) owner: Uuid,
    /// Ids in the target.
    pub(super) in_target: HashSet<Uuid>,
    /// Ids that source collections bring along: no fresh id may be one of them.
    pub(super) in_sources: HashSet<Uuid>,
    /// Ids given to an item of this plan.
    pub(super) given: HashSet<Uuid>,
}

impl Ids {
    /// The id a collection gets in the target: its own while that is a UUID and free. One that is taken by
    /// the target is a relation, not a fault of the collection; one that is missing or repeated is.
    pub(super) fn give(
        &mut self,
        key: &str,
        source: &Source,
        digest: &[u8; 32],
        collection: &ReadCollection<'_>,
        repairs: &mut Vec<Repair>,
    ) -> Uuid {
        if let Some(id) = collection.id
            && !self.in_target.contains(&id)
        {
            if self.given.insert(id) {
                return id;
            }
            repairs.insert(0, Repair::Id);
        }
        let from = source
            .owner
            .as_ref()
            .map_or("browser", |owner| owner.as_str());
        let seed = format!("{} {from} {key} {}", self.owner, hex(digest));
        let mut attempt = 0_u32;
        loop {
            let id = Uuid::new_v5(&FRESH_IDS, format!("{seed} {attempt}").as_bytes());
            let taken = self.in_sources.contains(&id) || self.in_target.contains(&id);
            if !taken && self.given.insert(id) {
                return id;
            }
            attempt += 1;
        }
    }
}
