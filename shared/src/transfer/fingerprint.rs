//! The fingerprint that ties an execution to the plan the user saw.

use super::input::TransferInput;
use crate::collection::hex;
use sha2::{Digest, Sha256};

/// Hex SHA-256 over every raw value the plan was made from.
pub(super) fn of(input: &TransferInput) -> String {
    let mut hash = Sha256::new();
    hash.update(b"gn-collections plan 1");
    hash.update(input.owner.as_bytes());
    value(&mut hash, input.target.as_deref());
    for source in &input.sources {
        value(
            &mut hash,
            source.owner.as_ref().map(|owner| owner.as_str().as_bytes()),
        );
        value(&mut hash, source.list.as_deref());
        value(&mut hash, source.flag.as_deref());
    }
    hex(&hash.finalize())
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
