//! The id of a collection in the target.

use crate::api::Repair;
use crate::collection::hex;
use crate::legacy::ParsedCollection;
use crate::transfer::input::Source;
use std::collections::HashSet;
use uuid::Uuid;

/// The namespace of new ids. They are derived from the collection, so that the preview and the
/// execution agree on them without sharing a random number.
const NEW_IDS: Uuid = Uuid::from_u128(0x6d2c_5f1e_94ab_4c07_b1d3_0e8f_7a65_c942);

pub(super) struct Ids {
    pub(super) owner: Uuid,
    pub(super) in_target: HashSet<Uuid>,
    /// The ids of source collections. No new id may be one of them.
    pub(super) in_sources: HashSet<Uuid>,
    /// The ids assigned to items of this plan.
    pub(super) assigned: HashSet<Uuid>,
}

impl Ids {
    /// Assigns an id in the target: the collection's own if it is a free UUID, else a new one.
    ///
    /// A missing or repeated id is a repair. An id that the target has is not: it is a relation.
    pub(super) fn assign(
        &mut self,
        key: &str,
        source: &Source,
        digest: &[u8; 32],
        collection: &ParsedCollection<'_>,
        repairs: &mut Vec<Repair>,
    ) -> Uuid {
        if let Some(id) = collection.id
            && !self.in_target.contains(&id)
        {
            if self.assigned.insert(id) {
                return id;
            }
            repairs.insert(0, Repair::Id);
        }
        let owner = source.owner.as_ref();
        let from = owner.map_or("browser", |owner| owner.as_str());
        let seed = format!("{} {from} {key} {}", self.owner, hex(digest));
        let mut number = 0_u32;
        loop {
            let id = Uuid::new_v5(&NEW_IDS, format!("{seed} {number}").as_bytes());
            let is_taken = self.in_sources.contains(&id) || self.in_target.contains(&id);
            if !is_taken && self.assigned.insert(id) {
                return id;
            }
            number += 1;
        }
    }
}
