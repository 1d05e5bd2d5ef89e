//! The comparison of collections by name and by set of members, and the hashes of stored text.

use foldhash::quality::RandomState;
use sha2::{Digest, Sha256};
use std::hash::BuildHasher;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The compared form of a name: trimmed, NFC, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// Returns the compared form of a name.
    pub fn of(name: &str) -> Self {
        let name = name.trim();
        if name.is_ascii() {
            return Self(name.to_ascii_lowercase());
        }
        Self(name.nfc().collect::<String>().to_lowercase())
    }
}

/// Short hash of a set of members. Equal sets have equal hashes, but different sets may share a
/// hash too. The hash differs between processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MembersHash {
    members: usize,
    sum: u64,
}

/// A random key, so that nobody can choose members that share a hash.
static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::default);

pub(crate) fn member_hash(member: &str) -> u64 {
    KEY.hash_one(member)
}

impl MembersHash {
    /// Adds a new member by its [`member_hash`].
    pub(crate) fn add(&mut self, hash: u64) {
        self.members += 1;
        self.sum = self.sum.wrapping_add(hash);
    }
}

/// Returns SHA-256 of a stored entry's text.
pub fn entry_digest(raw: &str) -> [u8; 32] {
    Sha256::digest(raw).into()
}

/// Returns hex SHA-256 of a stored text, as receipts and before-images name it.
pub fn entry_hash(raw: &str) -> String {
    hex(&entry_digest(raw))
}

/// Returns the version of a stored text, for `ETag`: the first bytes of its SHA-256 in hex.
pub fn version(raw: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(raw)[..VERSION_BYTES])
}

/// The length of a version before hex encoding.
const VERSION_BYTES: usize = 16;

/// Returns the [`version`] of an entry with this [`entry_hash`].
pub fn version_of(entry_hash: &str) -> Option<&str> {
    entry_hash.get(..2 * VERSION_BYTES)
}

/// Returns lower-case hex digits.
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
    fn names_that_look_the_same_are_equal() {
        assert_eq!(NameKey::of("  Größe "), NameKey::of("GRO\u{308}ßE"));
        assert_ne!(NameKey::of("a b"), NameKey::of("ab"));
    }

    #[test]
    fn version_is_a_prefix_of_the_entry_hash() {
        let hash = entry_hash("{}");
        assert_eq!(version_of(&hash), Some(version("{}").as_str()));
        assert_eq!(version_of("short"), None);
    }

    #[test]
    fn members_hash_ignores_the_order() {
        let of = |members: &[&str]| {
            let mut hash = MembersHash::default();
            for member in members {
                hash.add(member_hash(member));
            }
            hash
        };
        assert_eq!(of(&["a:b", "c:d"]), of(&["c:d", "a:b"]));
        assert_ne!(of(&["ab"]), of(&["a", "b"]));
        assert_ne!(of(&["a:b"]), of(&["a:c"]));
    }
}
