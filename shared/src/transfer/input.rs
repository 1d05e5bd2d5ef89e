//! The values that a plan is made from.

use super::earlier::EarlierResults;
use crate::ids::LegacyOwner;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// Every value that a plan depends on, as stored.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub struct TransferInput {
    /// The receiving account. Its id is the field of the target list in Redis.
    pub owner: Uuid,
    /// The stored list of the target, if there is one.
    pub target: Option<Vec<u8>>,
    /// The sources of the collections, in the order in which they are shown.
    pub sources: Vec<Source>,
    /// The results of the account's earlier transfers and deletions.
    pub earlier: EarlierResults,
    /// The time that replaces unknown timestamps.
    pub now: Timestamp,
}

impl TransferInput {
    /// The approximate size of all values in bytes.
    pub fn bytes(&self) -> usize {
        let sources = self.sources.iter().map(|source| source.list.as_ref());
        let lists = sources.chain([self.target.as_ref()]).flatten();
        lists.map(Vec::len).sum::<usize>() + self.earlier.bytes()
    }
}

/// The Redis hash that holds the list of a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SourceHash {
    /// The hash of legacy accounts and of older anonymous sessions.
    #[default]
    LegacyCollections,
    /// The hash of accounts, in which today's GN2 also keeps the lists of anonymous sessions.
    Collections,
}

/// A source of collections.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Source {
    /// The field of the source list in Redis, or `None` for collections that the browser sent.
    pub owner: Option<LegacyOwner>,
    /// The hash that has this field.
    pub hash: SourceHash,
    /// The address exactly as the legacy account spells it.
    pub email: Option<String>,
    /// The name in the legacy account.
    pub full_name: Option<String>,
    /// The list that is planned on, if there is one: the stored list, and lost entries after it.
    pub list: Option<Vec<u8>>,
    /// Set if the list has lost entries.
    pub recovery: Option<Recovery>,
    /// The record of the address in `migratable-accounts`, if there is one.
    pub flag: Option<Vec<u8>>,
}

/// The recovery of entries that are neither in the target nor in the source. The transfer stores
/// those that it does not move in the source again.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Recovery {
    /// The list as it is stored now, without the lost entries.
    pub stored: Option<Vec<u8>>,
}
