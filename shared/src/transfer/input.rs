//! What a plan is made from.

use crate::ids::LegacyOwner;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// Everything a plan depends on, as raw stored values.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub struct TransferInput {
    /// The account that receives: its id is the field of the target list.
    pub owner: Uuid,
    /// The target's stored list, if there is one.
    pub target: Option<Vec<u8>>,
    /// Where the collections come from, in the order in which they are shown.
    pub sources: Vec<Source>,
    /// Stands in for timestamps that nobody knows.
    pub now: Timestamp,
}

/// One source of collections.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Source {
    /// The field of the source list in Redis; `None` for what the browser sent.
    pub owner: Option<LegacyOwner>,
    /// The address exactly as the legacy account spells it.
    pub email: Option<String>,
    /// The name of the legacy account.
    pub full_name: Option<String>,
    /// The stored list, if there is one.
    pub list: Option<Vec<u8>>,
    /// The address' record in `migratable-accounts`, if there is one.
    pub flag: Option<Vec<u8>>,
}
