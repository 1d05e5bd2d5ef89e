//! A collection as lists show it: its name, its size, and where it is stored.

use crate::storage::record::CollectionRecord;
use shared::api::CollectionSummary;
use shared::timestamp::Timestamp;
use uuid::Uuid;
use yew::AttrValue;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectionLocation {
    Account(Uuid),
    Browser { id: String, imported: bool },
}

#[derive(Debug, Clone, PartialEq)]
pub struct CollectionRow {
    pub location: CollectionLocation,
    pub name: AttrValue,
    pub num_members: u64,
    pub changed: Timestamp,
}

impl CollectionRow {
    pub fn is_in_account(&self) -> bool {
        matches!(self.location, CollectionLocation::Account(_))
    }

    /// Returns a key that is unique among the collections of account and browser.
    pub fn key(&self) -> String {
        match &self.location {
            CollectionLocation::Account(id) => format!("account:{id}"),
            CollectionLocation::Browser { id, .. } => format!("browser:{id}"),
        }
    }
}

impl From<&CollectionSummary> for CollectionRow {
    fn from(summary: &CollectionSummary) -> Self {
        Self {
            location: CollectionLocation::Account(summary.id),
            name: summary.name.clone().into(),
            num_members: summary.num_members,
            changed: summary.changed,
        }
    }
}

impl From<&CollectionRecord> for CollectionRow {
    fn from(entry: &CollectionRecord) -> Self {
        let collection = &entry.collection;
        Self {
            location: CollectionLocation::Browser {
                id: collection.id.clone(),
                imported: entry.imported.is_some(),
            },
            name: collection.name.clone().into(),
            num_members: collection.members.len() as u64,
            changed: collection.changed,
        }
    }
}
