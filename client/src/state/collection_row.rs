//! A collection as lists show it: its name, its size, and where it is stored.

use crate::storage::record::CollectionRecord;
use shared::api::{CollectionSummary, ShownCollection};
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
    /// The id of the browser's unchanged copy of a collection of the account.
    pub browser_copy: Option<String>,
}

impl CollectionRow {
    /// Returns the rows of the account and then those of the browser, with one row for a collection
    /// of the account and its unchanged copy in the browser.
    pub fn all(account: &[CollectionSummary], browser: &[CollectionRecord]) -> Vec<Self> {
        // The ids under which an import and a copy to the browser know the account's collection.
        let ids = |entry: &CollectionRecord| {
            let imported = entry.imported?;
            Some([Some(imported), Uuid::parse_str(&entry.collection.id).ok()])
        };
        let copies: Vec<_> = browser.iter().map(ids).collect();
        let mut has_own_row = vec![true; browser.len()];
        let mut rows: Vec<Self> = account.iter().map(Self::from).collect();
        for (row, summary) in rows.iter_mut().zip(account) {
            let is_copy = |ids: &Option<[Option<Uuid>; 2]>| {
                ids.is_some_and(|ids| ids.contains(&Some(summary.id)))
            };
            if let Some(position) = copies.iter().position(is_copy) {
                row.browser_copy = Some(browser[position].collection.id.clone());
                has_own_row[position] = false;
            }
        }
        let others = browser
            .iter()
            .zip(has_own_row)
            .filter(|(_, has_own_row)| *has_own_row);
        rows.extend(others.map(|(entry, _)| entry.into()));
        rows
    }

    /// Returns the id of the collection in this browser, which may be the copy of one of the
    /// account.
    pub fn browser_id(&self) -> Option<&String> {
        match &self.location {
            CollectionLocation::Browser { id, .. } => Some(id),
            CollectionLocation::Account(_) => self.browser_copy.as_ref(),
        }
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
