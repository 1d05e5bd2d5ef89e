//! The hash of a collection's content: its name, timestamps and members in order.
//!
//! Other programs may write the same content in other bytes. The hash stays the same then.

use super::entry;
use super::members::Member;
use crate::collection::hex;
use crate::timestamp::Timestamp;
use sha2::{Digest, Sha256};

/// Returns the content hash of a stored entry in hex, or `None` for an entry that is no collection.
pub fn content_hash(raw: &str) -> Option<String> {
    let collection = entry::read(raw).ok()?;
    let times = [collection.created, collection.changed].map(|at| at.map_or(0, Timestamp::unix));
    Some(hash(&collection.name, times, &collection.members))
}

/// Returns hex SHA-256 of `["name",[created,changed],["member",…]]`.
pub(super) fn hash(name: &str, times: [i64; 2], members: &[Member<'_>]) -> String {
    let name = serde_json::Value::from(name);
    let [created, changed] = times;
    let mut hash = Sha256::new();
    hash.update(format!("[{name},[{created},{changed}],["));
    for (position, member) in members.iter().enumerate() {
        if position > 0 {
            hash.update(",");
        }
        hash.update(member.canonical().as_bytes());
    }
    hash.update("]]");
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_hash_depends_on_content_but_not_on_bytes() {
        let raw = r#"{"name": "Gr\u00f6\u00dfe", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "members": ["a:b", "c:d"], "x": 1}"#;
        let other = r#"{"members":["a:b","c:d"],"created_timestamp":"Nov 12 2019 03:27PM","changed":"Nov 12 2019 03:27PM","name":"Größe"}"#;
        assert_eq!(content_hash(raw), content_hash(other));
        assert_ne!(content_hash(raw), content_hash(&raw.replace("a:b", "a:c")));
        assert_ne!(
            content_hash(raw),
            content_hash(&raw.replace("2019", "2020"))
        );
        assert_eq!(content_hash("null"), None);
    }
}
