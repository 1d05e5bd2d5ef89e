//! The laws of the reader, which hold for all bytes. Each law panics when broken.
#![allow(clippy::missing_panics_doc, reason = "a law panics when it is broken")]

use super::inputs::now;
use crate::ids::LegacyOwner;
use crate::legacy::{LegacyAccount, ParsedCollection, StoredList, flag};
use crate::legacy::{WriteOptions, content_hash};
use crate::raw_json::{join_array, split_array};
use crate::timestamp::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Checks that any value of any hash is read or refused, and that a read value is preserved on
/// writing.
pub fn any_value(bytes: &[u8]) {
    list_is_split_without_loss(bytes);
    flag_stays_set(bytes);
    if let Ok(account) = LegacyAccount::read("field", bytes) {
        assert_ne!(
            account.other_id.as_ref().map(LegacyOwner::as_str),
            Some("field")
        );
        assert!(account.normalized.as_str().contains('@'));
    }
}

fn list_is_split_without_loss(bytes: &[u8]) {
    let Ok(list) = StoredList::read(Some(bytes)) else {
        return;
    };
    let raws: Vec<&str> = list.entries.iter().map(|entry| entry.raw).collect();
    let joined = join_array(&raws);
    assert_eq!(split_array(joined.as_bytes()), Ok(raws), "split and joined");
    for entry in &list.entries {
        if let Ok(collection) = &entry.collection {
            repairing_is_idempotent(collection);
            assert!(content_hash(entry.raw).is_some());
        }
    }
}

/// Checks that a written collection is read as the same collection without repairs.
fn repairing_is_idempotent(collection: &ParsedCollection<'_>) {
    let members: Vec<&str> = collection.members.iter().map(AsRef::as_ref).collect();
    let distinct: BTreeSet<&str> = members.iter().copied().collect();
    assert_eq!(distinct.len(), members.len(), "no member twice");
    assert!(members.iter().all(|member| !member.trim().is_empty()));
    assert!(!collection.name.trim().is_empty());
    let id = collection.id.unwrap_or(Uuid::from_u128(7));
    let write = |collection: &ParsedCollection<'_>| {
        collection.write(WriteOptions {
            id,
            new_name: None,
            now: now(),
        })
    };
    let written = write(collection);
    assert_eq!(
        content_hash(&written),
        Some(collection.content_hash_as(None, now())),
        "the content hash is known before writing"
    );
    let written = format!("[{written}]");
    let again = StoredList::read(Some(written.as_bytes())).expect("a list");
    let again = again.entries[0].collection.as_ref().expect("a collection");
    let members_again: Vec<&str> = again.members.iter().map(AsRef::as_ref).collect();
    assert_eq!(
        (again.id, &again.name, &members_again),
        (Some(id), &collection.name, &members)
    );
    assert_eq!(
        (again.repairs.as_slice(), again.dropped_members),
        (&[][..], 0)
    );
    // gn-auth's format has no seconds.
    let stored = |at: Option<Timestamp>| at.unwrap_or(now()).to_stored();
    assert_eq!(stored(again.created), stored(collection.created));
    assert_eq!(stored(again.changed), stored(collection.changed));
    assert_eq!(format!("[{}]", write(again)), written, "repaired once");
}

fn flag_stays_set(bytes: &[u8]) {
    if let Some(set) = flag::with_collections_migrated(bytes) {
        assert!(!flag::collections_migrated(bytes));
        assert!(flag::collections_migrated(set.as_bytes()));
        assert_eq!(flag::with_collections_migrated(set.as_bytes()), None);
    }
}
