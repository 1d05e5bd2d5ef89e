//! The fingerprint that ties the execution of a transfer to the plan that the user saw.

use super::input::{SourceHash, TransferInput};
use crate::collection::hex;
use crate::legacy::{StoredList, UnreadableList};
use sha2::{Digest, Sha256};

/// Returns hex SHA-256 over every value that the plan was made from. A source's list enters by the
/// digests of its entries, which the receipt needs as well, and the text around them.
pub(super) fn of(
    input: &TransferInput,
    lists: &[Result<StoredList<'_>, UnreadableList>],
    digests: &[Vec<[u8; 32]>],
) -> String {
    let mut hash = Sha256::new();
    hash.update(b"gn-collections plan 3");
    hash.update(input.owner.as_bytes());
    add_value(&mut hash, input.target.as_deref());
    for (number, source) in input.sources.iter().enumerate() {
        let owner = source.owner.as_ref();
        add_value(&mut hash, owner.map(|owner| owner.as_str().as_bytes()));
        hash.update([u8::from(source.hash == SourceHash::Collections)]);
        match (&source.list, lists.get(number), digests.get(number)) {
            (Some(value), Some(Ok(list)), Some(digests)) if !list.entries.is_empty() => {
                add_list(&mut hash, value, list, digests);
            }
            (list, ..) => add_value(&mut hash, list.as_deref()),
        }
        add_value(&mut hash, source.flag.as_deref());
    }
    input.earlier.add_to(&mut hash);
    hex(&hash.finalize())
}

/// Adds the lengths and digests of a list's entries, and all text between them.
fn add_list(hash: &mut Sha256, value: &[u8], list: &StoredList<'_>, digests: &[[u8; 32]]) {
    hash.update([2]);
    hash.update((value.len() as u64).to_be_bytes());
    hash.update((list.entries.len() as u64).to_be_bytes());
    let mut end_of_previous = 0;
    for (entry, digest) in list.entries.iter().zip(digests) {
        // Entries are slices of the value.
        let start = (entry.raw.as_ptr() as usize).wrapping_sub(value.as_ptr() as usize);
        add_text(hash, value.get(end_of_previous..start).unwrap_or_default());
        hash.update((entry.raw.len() as u64).to_be_bytes());
        hash.update(digest);
        end_of_previous = start.wrapping_add(entry.raw.len());
    }
    add_text(hash, value.get(end_of_previous..).unwrap_or_default());
}

/// Adds a value. Absent and empty differ, and no two sequences of values give the same bytes.
fn add_value(hash: &mut Sha256, value: Option<&[u8]>) {
    match value {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            add_text(hash, bytes);
        }
    }
}

fn add_text(hash: &mut Sha256, text: &[u8]) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text);
}
