//! The fingerprint that ties an execution to the plan the user saw.

use super::input::TransferInput;
use crate::collection::hex;
use crate::legacy::{StoredList, UnreadableList};
use sha2::{Digest, Sha256};

/// Hex SHA-256 over every raw value the plan was made from. Of a source's list, it is over the digests of its entries, which
/// the receipt needs as well, and the text around them.
pub(super) fn of(
    input: &TransferInput,
    lists: &[Result<StoredList<'_>, UnreadableList>],
    digests: &[Vec<[u8; 32]>],
) -> String {
    let mut hash = Sha256::new();
    hash.update(b"gn-collections plan 2");
    hash.update(input.owner.as_bytes());
    value(&mut hash, input.target.as_deref());
    for (number, source) in input.sources.iter().enumerate() {
        value(
            &mut hash,
            source.owner.as_ref().map(|owner| owner.as_str().as_bytes()),
        );
        match (&source.list, lists.get(number), digests.get(number)) {
            (Some(value), Some(Ok(list)), Some(digests)) if !list.entries.is_empty() => {
                entries(&mut hash, value, list, digests);
            }
            (list, ..) => value(&mut hash, list.as_deref()),
        }
        value(&mut hash, source.flag.as_deref());
    }
    hex(&hash.finalize())
}

/// A list by its entries' lengths and digests, and all text that is not in one.
fn entries(hash: &mut Sha256, value: &[u8], list: &StoredList<'_>, digests: &[[u8; 32]]) {
    hash.update([2]);
    hash.update((value.len() as u64).to_be_bytes());
    hash.update((list.entries.len() as u64).to_be_bytes());
    let mut behind = 0;
    for (entry, digest) in list.entries.iter().zip(digests) {
        // Entries are slices of the value.
        let start = (entry.raw.as_ptr() as usize).wrapping_sub(value.as_ptr() as usize);
        around(hash, value.get(behind..start));
        hash.update((entry.raw.len() as u64).to_be_bytes());
        hash.update(digest);
        behind = start.wrapping_add(entry.raw.len());
    }
    around(hash, value.get(behind..));
}

fn around(hash: &mut Sha256, text: Option<&[u8]>) {
    let text = text.unwrap_or_default();
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text);
}

/// Absent and empty differ, and no two sequences of values give the same bytes.
fn value(hash: &mut Sha256, value: Option<&[u8]>) {
    match value {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
    }
}
