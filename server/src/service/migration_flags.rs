//! The flags in `migratable-accounts` by which gn-auth knows that the collections of an address are
//! migrated.

use crate::store::{Change, ChangedHash, Write};
use shared::legacy::flag;
use shared::transfer::TransferInput;
use std::collections::BTreeSet;

/// Returns one change for each spelling of the address among the sources; several accounts may
/// share one.
pub(super) fn flag_changes(input: &TransferInput) -> Vec<Change> {
    let mut emails = BTreeSet::new();
    let mut changes = Vec::new();
    for source in &input.sources {
        let (Some(email), Some(owner)) = (&source.email, &source.owner) else {
            continue;
        };
        if !emails.insert(email) {
            continue;
        }
        let write = match source.flag.as_deref() {
            // A record that is already set, or cannot be read, stays as it is.
            Some(record) => flag::with_collections_migrated(record)
                .map_or(Write::Keep, |record| Write::Set(record.into_bytes())),
            None => Write::SetIfHashExists(flag::new_record(owner).into_bytes()),
        };
        changes.push(Change {
            hash: ChangedHash::Migratable,
            field: email.clone(),
            expected: source.flag.clone(),
            write,
        });
    }
    changes
}
