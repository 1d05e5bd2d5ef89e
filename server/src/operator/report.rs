//! `gn-collections report`: what lies in Redis. Reads only, in steps, and keeps 16 bytes per account.

mod accounts;
mod lists;
mod text;

use super::{Failure, open, print_json};
use crate::config::StoreArguments;
use crate::store::{Records, Store, StoreError};
use serde::Serialize;
use shared::legacy::flag;
use std::io::{self, Write};

/// What was found. Figures may be off by a few while others write.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Legacy accounts.
    pub accounts: u64,
    /// Of these, without an address, as made by GitHub or ORCID sign-in: nobody can be offered theirs.
    pub accounts_without_address: u64,
    /// Addresses that more than one legacy account has.
    pub shared_addresses: u64,
    /// Addresses with collections that nobody has brought over or had copied yet.
    pub offers_waiting: u64,
    /// GN2's lists.
    pub legacy: Lists,
    /// GN2's lists that belong to no account: of anonymous visitors.
    pub lists_without_account: u64,
    /// The new accounts' lists.
    pub new: Lists,
    /// Addresses that gn-auth knows, and those whose collections were dealt with.
    pub flags: Flags,
    /// Records that cannot be read, or be matched with anybody. They concern only their owners, and stay as
    /// they are.
    pub unreadable: Vec<Unreadable>,
}

/// What a hash of lists holds.
#[derive(Debug, Default, Serialize)]
pub struct Lists {
    /// Owners that have a list.
    pub lists: u64,
    /// Collections in them.
    pub collections: u64,
    /// Members of these, without what is blank or repeated.
    pub members: u64,
}

/// What `migratable-accounts` holds.
#[derive(Debug, Default, Serialize)]
pub struct Flags {
    /// Addresses.
    pub addresses: u64,
    /// Those with `collections-migrated`.
    pub migrated: u64,
}

/// A record that cannot be read.
#[derive(Debug, Serialize)]
pub struct Unreadable {
    /// The hash.
    pub key: String,
    /// The field; what is not UTF-8 in it is replaced.
    pub field: String,
    /// Place in the list, from 0, where only one entry is concerned.
    pub position: Option<usize>,
    /// Why.
    pub reason: String,
}

/// Prints the report as text or JSON.
///
/// # Errors
/// [`Failure`].
pub async fn print(store: StoreArguments, json: bool) -> Result<(), Failure> {
    let report = Report::make(&open(store)?).await?;
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
        self.unreadable.push(Unreadable {
            key: key.to_owned(),
            field: String::from_utf8_lossy(field).into_owned(),
            position,
            reason: reason.to_string(),
        });
    }
}
