//! A record of gn-auth's `migratable-accounts`: whether an address' collections were dealt with.

use crate::ids::LegacyOwner;
use crate::raw_json::Object;

const COLLECTIONS_MIGRATED: &str = "collections-migrated";

/// Whether the record says that the collections were migrated. A record that cannot be read says no.
pub fn collections_migrated(record: &[u8]) -> bool {
    std::str::from_utf8(record)
        .ok()
        .and_then(|record| Object::parse(record).ok())
        .is_some_and(|record| record.get(COLLECTIONS_MIGRATED) == Some("true"))
}

/// The record with the flag set and everything else as it was; `None` when there is nothing to
/// write: it is set already, or the record cannot be read and is left as it is.
pub fn with_collections_migrated(record: &[u8]) -> Option<String> {
    let mut record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
    if record.get(COLLECTIONS_MIGRATED) == Some("true") {
        return None;
    }
    record.set(COLLECTIONS_MIGRATED, "true".to_owned());
    Some(record.to_json())
}

/// A new record, as gn-auth makes one.
pub fn new_record(owner: &LegacyOwner) -> String {
    let owner = serde_json::Value::from(owner.as_str());
    format!(
        r#"{{"user_id": {owner}, "{COLLECTIONS_MIGRATED}": true, "resources_migrated": false}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_flag_changes_nothing_else() {
        let record = br#"{"user_id": "u", "collections-migrated": false, "resources_migrated": false, "x": 1.0}"#;
        let set = with_collections_migrated(record).expect("it was not set");
        assert_eq!(
            set,
            r#"{"user_id": "u", "collections-migrated": true, "resources_migrated": false, "x": 1.0}"#
        );
        assert!(!collections_migrated(record));
        assert!(collections_migrated(set.as_bytes()));
        assert_eq!(with_collections_migrated(set.as_bytes()), None);
    }

    #[test]
    fn an_unreadable_record_is_left_as_it_is() {
        assert!(!collections_migrated(b"oops"));
        assert_eq!(with_collections_migrated(b"oops"), None);
    }

    #[test]
    fn a_new_record_is_one_that_gn_auth_would_write() {
        let record = new_record(&LegacyOwner::new("a\"b"));
        assert!(collections_migrated(record.as_bytes()));
        let json: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(json["user_id"], "a\"b");
        assert_eq!(json["resources_migrated"], false);
    }
}
