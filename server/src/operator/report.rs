//! `gn-collections report`: counts the records in Redis. Reads in steps and uses 16 bytes per
//! account.

mod accounts;
mod lists;
mod own_keys;
mod text;

use super::{OperatorError, open_store, print_json};
use crate::config::StoreArguments;
use crate::store::{Records, Store, StoreError};
use serde::Serialize;
use shared::legacy::flag;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Counts may be off by a few while others write.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub accounts: u64,
    /// Accounts of GitHub or ORCID sign-in have no address, so nothing can be offered to their
    /// owners.
    pub accounts_without_address: u64,
    /// Addresses that several legacy accounts have.
    pub shared_addresses: u64,
    /// Addresses with collections that nobody has migrated yet.
    pub offers_waiting: u64,
    pub legacy: ListCounts,
    /// Lists of anonymous visitors.
    pub lists_without_account: u64,
    pub new: ListCounts,
    pub flags: FlagCounts,
    /// What our own keys use, by kind; `None` if the Redis user may not list keys.
    pub own_keys: Option<BTreeMap<String, KeyUsage>>,
    /// Records that cannot be read or matched with an account. They concern only their owners and
    /// stay unchanged.
    pub unreadable: Vec<UnreadableRecord>,
}

#[derive(Debug, Default, Serialize)]
pub struct ListCounts {
    pub lists: u64,
    pub collections: u64,
    /// Without blank and repeated members.
    pub members: u64,
}

#[derive(Debug, Default, Serialize)]
pub struct FlagCounts {
    pub addresses: u64,
    /// Addresses with `collections-migrated`.
    pub migrated: u64,
}

#[derive(Debug, Default, Serialize)]
pub struct KeyUsage {
    pub keys: u64,
    /// In the memory of Redis.
    pub bytes: u64,
}

#[derive(Debug, Serialize)]
pub struct UnreadableRecord {
    pub key: String,
    /// Invalid UTF-8 is replaced.
    pub field: String,
    /// Index in the list, if only one entry is unreadable.
    pub position: Option<usize>,
    pub reason: String,
}

pub async fn print(store: StoreArguments, json: bool) -> Result<(), OperatorError> {
    let report = Report::make(&open_store(store).await?).await?;
    if json {
        print_json(&report)
    } else {
        Ok(write!(io::stdout(), "{report}")?)
    }
}

impl Report {
    async fn make(store: &Store) -> Result<Self, StoreError> {
        let mut report = Self::default();
        report.accounts(store).await?;
        report.legacy = report.lists(store, Records::LegacyCollections).await?;
        report.new = report.lists(store, Records::Collections).await?;
        report.flags(store).await?;
        report.own_keys = Self::own_keys(store).await?;
        Ok(report)
    }

    async fn flags(&mut self, store: &Store) -> Result<(), StoreError> {
        let mut cursor = 0;
        loop {
            let step = store.step(Records::Migratable, cursor).await?;
            self.flags.addresses += step.records.len() as u64;
            let migrated = step
                .records
                .iter()
                .filter(|(_, record)| flag::collections_migrated(record));
            self.flags.migrated += migrated.count() as u64;
            cursor = step.next;
            if cursor == 0 {
                return Ok(());
            }
        }
    }

    fn unreadable(
        &mut self,
        key: &str,
        field: &[u8],
        position: Option<usize>,
        reason: impl ToString,
    ) {
        self.unreadable.push(UnreadableRecord {
            key: key.to_owned(),
            field: String::from_utf8_lossy(field).into_owned(),
            position,
            reason: reason.to_string(),
        });
    }
}
