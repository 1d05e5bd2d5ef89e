//! Counts the legacy accounts and the offers that wait for them.

use super::Report;
use crate::store::{Records, Store, StoreError};
use shared::ids::LegacyOwner;
use shared::legacy::account::UnreadableAccount;
use shared::legacy::{LegacyAccount, StoredList, flag};
use std::hash::{BuildHasher, RandomState};

/// The hash of an address, and whether one of its accounts has collections to offer.
type Address = (u64, bool);

impl Report {
    pub(super) async fn accounts(&mut self, store: &Store) -> Result<(), StoreError> {
        let hashed = RandomState::new();
        let mut addresses: Vec<Address> = Vec::new();
        let mut cursor = 0;
        loop {
            let step = store.step(Records::Users, cursor).await?;
            let accounts = self.readable(store, &step.records);
            let keys: Vec<(LegacyOwner, String)> = accounts
                .iter()
                .map(|account| (account.field.clone(), account.email.clone()))
                .collect();
            if !keys.is_empty() {
                let values = store.lists_and_flags(&keys).await?;
                addresses.extend(accounts.iter().zip(values).map(|(account, [list, flag])| {
                    let address = hashed.hash_one(account.normalized.as_str());
                    (
                        address,
                        waiting(&account.field, list.as_deref(), flag.as_deref()),
                    )
                }));
            }
            cursor = step.next;
            if cursor == 0 {
                break;
            }
        }
        addresses.sort_unstable();
        for accounts in addresses.chunk_by(|(one, _), (other, _)| one == other) {
            self.shared_addresses += u64::from(accounts.len() > 1);
            self.offers_waiting += u64::from(accounts.iter().any(|(_, waiting)| *waiting));
        }
        Ok(())
    }

    /// Returns the accounts with an address; lists the others as unreadable.
    fn readable(&mut self, store: &Store, records: &[(Vec<u8>, Vec<u8>)]) -> Vec<LegacyAccount> {
        let mut accounts = Vec::new();
        for (field, record) in records {
            self.accounts += 1;
            let account = std::str::from_utf8(field)
                .map_err(|_| UnreadableAccount::NotUtf8)
                .and_then(|field| LegacyAccount::read(field, record));
            match account {
                Ok(account) => accounts.push(account),
                Err(reason) => {
                    self.accounts_without_address +=
                        u64::from(reason == UnreadableAccount::NoEmail);
                    self.unreadable(store.name(Records::Users), field, None, reason);
                }
            }
        }
        accounts
    }
}

/// Whether the list has collections that an offer would name.
fn waiting(owner: &LegacyOwner, list: Option<&[u8]>, flag: Option<&[u8]>) -> bool {
    let is_copied = |record| flag::collections_migrated(record) && flag::names(record, owner);
    !flag.is_some_and(is_copied)
        && StoredList::read(list).is_ok_and(|list| {
            let mut collections = list.entries.iter().flat_map(|entry| &entry.collection);
            collections.any(|collection| !collection.members.is_empty())
        })
}
