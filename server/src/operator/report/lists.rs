//! Counts the lists of one hash.

use super::{ListCounts, Report};
use crate::store::{Records, Store, StoreError};
use shared::legacy::StoredList;

impl Report {
    pub(super) async fn lists(
        &mut self,
        store: &Store,
        hash: Records,
    ) -> Result<ListCounts, StoreError> {
        let mut lists = ListCounts::default();
        let mut cursor = 0;
        loop {
            let step = store.step(hash, cursor).await?;
            for (owner, value) in &step.records {
                lists.lists += 1;
                self.list(&mut lists, store.name(hash), owner, value);
            }
            if hash == Records::LegacyCollections && !step.records.is_empty() {
                let owners: Vec<&[u8]> = step.records.iter().map(|(owner, _)| &owner[..]).collect();
                let are_accounts = store.are_accounts(&owners).await?;
                self.lists_without_account += are_accounts
                    .iter()
                    .filter(|is_account| !**is_account)
                    .count() as u64;
            }
            cursor = step.next;
            if cursor == 0 {
                return Ok(lists);
            }
        }
    }

    fn list(&mut self, lists: &mut ListCounts, key: &str, owner: &[u8], value: &[u8]) {
        let list = match StoredList::read(Some(value)) {
            Ok(list) => list,
            Err(reason) => return self.unreadable(key, owner, None, reason),
        };
        for (position, entry) in list.entries.iter().enumerate() {
            match &entry.collection {
                Ok(collection) => {
                    lists.collections += 1;
                    lists.members += collection.members.len() as u64;
                }
                Err(reason) => self.unreadable(key, owner, Some(position), reason),
            }
        }
    }
}
