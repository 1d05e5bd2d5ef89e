//! What gn-auth is told: that an address' collections are migrated.

use crate::store::{Change, Hash, Write};
use shared::legacy::flag;
use shared::transfer::TransferInput;

/// gn-auth's flag of one address, and what becomes of it.
pub(super) struct FlagRecord {
    email: String,
    /// The first source with this address.
    source: usize,
    /// `None`: it is set already, or cannot be read and stays as it is.
    new: Option<String>,
}

/// One record for each spelling of the address: several accounts may share one.
pub(super) fn flag_records(input: &TransferInput) -> Vec<FlagRecord> {
    let mut records: Vec<FlagRecord> = Vec::new();
    for (number, source) in input.sources.iter().enumerate() {
        let (Some(email), Some(owner)) = (source.email.as_deref(), source.owner.as_ref()) else {
            continue;
        };
        if records.iter().any(|record| record.email == email) {
            continue;
        }
        let new = match source.flag.as_deref() {
            Some(record) => flag::with_collections_migrated(record),
            None => Some(flag::new_record(owner)),
        };
        records.push(FlagRecord {
            email: email.to_owned(),
            source: number,
            new,
        });
    }
    records
}

impl FlagRecord {
    pub(super) fn change<'a>(&'a self, input: &'a TransferInput) -> Change<'a> {
        let planned = input
            .sources
            .get(self.source)
            .and_then(|source| source.flag.as_deref());
        Change {
            hash: Hash::Migratable,
            field: &self.email,
            planned,
            write: match (&self.new, planned) {
                (None, _) => Write::Keep,
                (Some(new), Some(_)) => Write::Set(new.as_bytes()),
                (Some(new), None) => Write::SetIfHashExists(new.as_bytes()),
            },
        }
    }
}
