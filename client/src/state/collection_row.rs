//! A collection as lists show it: its name, its size, and where it is stored.

use crate::storage::record::CollectionRecord;
use shared::api::{CollectionSummary, ShownCollection};
use shared::timestamp::Timestamp;
use std::collections::{HashMap, HashSet};
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
    /// The id of the browser's unchanged copy of a collection of the account.
    pub browser_copy: Option<String>,
}

impl CollectionRow {
    /// Returns the rows of the account and then those of the browser, with one row for a collection
    /// of the account and its unchanged copy in the browser.
    pub fn all(account: &[CollectionSummary], browser: &[CollectionRecord]) -> Vec<Self> {
        // By the ids under which an import and a copy to the browser know the collection.
        let mut copies = HashMap::new();
        for entry in browser {
            if let Some(imported) = entry.imported {
                let id = &entry.collection.id;
                copies.insert(imported.to_string(), id);
                copies.insert(id.clone(), id);
            }
        }
        let mut rows: Vec<Self> = account.iter().map(Self::from).collect();
        let mut shown = HashSet::new();
        for (row, summary) in rows.iter_mut().zip(account) {
            row.browser_copy = copies.get(&summary.id.to_string()).map(|id| (*id).clone());
            shown.extend(row.browser_copy.clone());
        }
        let others = browser
            .iter()
            .filter(|entry| !shown.contains(&entry.collection.id));
        rows.extend(others.map(Self::from));
        rows
    }

    /// Returns the key of the row that the browser's copy has while the account lacks the
    /// collection.
    pub fn copy_key(&self) -> Option<String> {
        let id = self.browser_copy.as_ref()?;
        Some(format!("browser:{id}"))
    }

    /// Returns what this row shows of the collection of the account with this id.
    pub fn shown(&self, id: Uuid) -> ShownCollection {
        ShownCollection {
            id,
            name: self.name.to_string(),
            changed: self.changed,
            num_members: self.num_members,
        }
    }

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
            browser_copy: None,
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
            browser_copy: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(id: Uuid) -> CollectionSummary {
        let entry = record("any", None);
        CollectionSummary {
            id,
            name: "Liver".into(),
            num_members: 0,
            created: entry.collection.created,
            changed: entry.collection.changed,
        }
    }

    fn record(id: &str, imported: Option<Uuid>) -> CollectionRecord {
        let at = Timestamp::from_unix(1).expect("a point in time");
        let mut record = CollectionRecord::new(id.into(), "Liver", Vec::new(), at);
        record.imported = imported;
        record
    }

    #[test]
    fn a_collection_and_its_unchanged_copy_have_one_row() {
        let [mine, receipt] = [1, 2].map(Uuid::from_u128);
        let account = [summary(mine)];
        let copy_of = |browser: &[CollectionRecord]| {
            let rows = CollectionRow::all(&account, browser);
            (rows.len(), rows[0].browser_copy.clone())
        };
        let imported = record(&mine.to_string(), Some(receipt));
        let (id, copied) = ("copy".to_owned(), record("copy", Some(mine)));
        assert_eq!(copy_of(&[imported]), (1, Some(mine.to_string())));
        assert_eq!(copy_of(&[copied]), (1, Some(id)));
        // Changed since it was imported, and imported into another collection or account.
        assert_eq!(copy_of(&[record(&mine.to_string(), None)]), (2, None));
        assert_eq!(copy_of(&[record("other", Some(receipt))]), (2, None));
    }
}
