//! A collection as it is compared: by its name and by its set of members.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The form in which names are compared: trimmed, NFC, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// The compared form of a name.
    pub fn of(name: &str) -> Self {
        Self(name.trim().nfc().collect::<String>().to_lowercase())
    }
}

/// Hash of a set of members: equal for the same members in whatever order and however often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MembersHash([u8; 32]);

impl MembersHash {
    /// The hash of these members' set.
    pub fn of<T: AsRef<str>>(members: &[T]) -> Self {
        let mut sorted: Vec<&str> = members.iter().map(AsRef::as_ref).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut hash = Sha256::new();
        for member in sorted {
            // The length before each member keeps ["ab"] and ["a", "b"] apart.
            hash.update((member.len() as u64).to_be_bytes());
            hash.update(member);
        }
        Self(hash.finalize().into())
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
    fn members_are_compared_as_a_set() {
        assert_eq!(
            MembersHash::of(&["a:b", "c:d"]),
            MembersHash::of(&["c:d", "a:b", "a:b"])
        );
        assert_ne!(MembersHash::of(&["ab"]), MembersHash::of(&["a", "b"]));
    }
}
