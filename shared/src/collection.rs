//! A collection as it is compared: by its name and by its set of members.

use foldhash::quality::RandomState;
use sha2::{Digest, Sha256};
use std::hash::BuildHasher;
use std::sync::LazyLock;
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
/// have equal ones, the members tell. It is another one in each process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MembersHash {
    members: usize,
    sum: u64,
}

/// Keyed at random: nobody can choose members that share a hash.
static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The hash of one member.
pub(crate) fn member_hash(member: &str) -> u64 {
    KEY.hash_one(member)
}

impl MembersHash {
    /// With another member, which has this [`member_hash`] and was not in there.
    pub(crate) fn add(&mut self, hash: u64) {
        self.members += 1;
        self.sum = self.sum.wrapping_add(hash);
    }
}

/// SHA-256 of a stored entry's text.
pub fn entry_digest(raw: &str) -> [u8; 32] {
    Sha256::digest(raw).into()
}

/// Hex SHA-256 of a stored entry's text: what a receipt names as its content before and after.
pub fn entry_hash(raw: &str) -> String {
    hex(&entry_digest(raw))
}

/// Short hash of stored text, for `ETag`: another version has another one.
pub fn version(raw: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(raw)[..VERSION_BYTES])
}

/// How much of the SHA-256 a version is.
const VERSION_BYTES: usize = 16;

/// The [`version`] of an entry that has this [`entry_hash`].
pub fn version_of(entry_hash: &str) -> Option<&str> {
    entry_hash.get(..2 * VERSION_BYTES)
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
    fn a_version_is_known_by_the_whole_hash() {
        let hash = entry_hash("{}");
        assert_eq!(version_of(&hash), Some(version("{}").as_str()));
        assert_eq!(version_of("short"), None);
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
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
