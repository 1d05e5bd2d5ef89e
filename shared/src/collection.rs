//! A collection as it is compared: by its name and by its set of members.

use foldhash::quality::FixedState;
use sha2::{Digest, Sha256};
use std::hash::BuildHasher;
use unicode_normalization::UnicodeNormalization;

/// The form in which names are compared: trimmed, NFC, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// The compared form of a name.
    pub fn of(name: &str) -> Self {
        let name = name.trim();
        if name.is_ascii() {
            return Self(name.to_ascii_lowercase());
        }
        Self(name.nfc().collect::<String>().to_lowercase())
    }
}

/// Short hash of a set of members, whatever their order. Equal sets have equal ones; whether sets are equal that
/// have equal ones, the members tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MembersHash {
    members: usize,
    sum: u64,
}

impl MembersHash {
    /// The hash of these members, of which none is repeated.
    pub fn of<T: AsRef<str>>(members: &[T]) -> Self {
        let hashes = members.iter().map(|member| {
            // Seeded alike everywhere: browser and server plan alike.
            FixedState::with_seed(0).hash_one(member.as_ref())
        });
        Self {
            members: members.len(),
            sum: hashes.fold(0, u64::wrapping_add),
        }
    }
}

/// Hex SHA-256 of a stored entry's text: what a receipt names as its content before and after.
pub fn entry_hash(raw: &str) -> String {
    hex(&Sha256::digest(raw))
}

/// Short hash of stored text, for `ETag`: another version has another one.
pub fn version(raw: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(raw)[..16])
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_the_same_are_the_same() {
        assert_eq!(NameKey::of("  Größe "), NameKey::of("GRO\u{308}ßE"));
        assert_ne!(NameKey::of("a b"), NameKey::of("ab"));
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
        assert_eq!(
            MembersHash::of(&["a:b", "c:d"]),
            MembersHash::of(&["c:d", "a:b"])
        );
        assert_ne!(MembersHash::of(&["ab"]), MembersHash::of(&["a", "b"]));
        assert_ne!(MembersHash::of(&["a:b"]), MembersHash::of(&["a:c"]));
    }
}
