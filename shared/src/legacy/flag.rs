//! A record of gn-auth's `migratable-accounts`: which legacy account gn-auth copies for an address,
//! and whether it has done so.

use crate::ids::LegacyOwner;
use crate::raw_json::{self, Object};

const COLLECTIONS_MIGRATED: &str = "collections-migrated";
const USER_ID: &str = "user_id";

/// Whether the record names this legacy account. gn-auth copies only the account that it names,
/// also when several have the address. An unreadable record names none.
pub fn names(record: &[u8], owner: &LegacyOwner) -> bool {
    std::str::from_utf8(record)
        .ok()
        .and_then(|record| Object::parse(record).ok())
        .and_then(|record| Some(raw_json::text(record.get(USER_ID)?)?.into_owned()))
        .is_some_and(|named| named == owner.as_str())
}

/// Whether the record says that the collections were migrated. An unreadable record says no.
pub fn collections_migrated(record: &[u8]) -> bool {
    std::str::from_utf8(record)
        .ok()
        .and_then(|record| Object::parse(record).ok())
        .is_some_and(|record| record.get(COLLECTIONS_MIGRATED) == Some("true"))
}

/// Returns the record with the flag set and all else unchanged. Returns `None` when nothing is to
/// be written, because the flag is set already or the record cannot be read.
pub fn with_collections_migrated(record: &[u8]) -> Option<String> {
    let mut record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
    if record.get(COLLECTIONS_MIGRATED) == Some("true") {
        return None;
    }
    record.set(COLLECTIONS_MIGRATED, "true".to_owned());
    Some(record.to_json())
}

/// Makes a new record as gn-auth does.
pub fn new_record(owner: &LegacyOwner) -> String {
    let owner = serde_json::Value::from(owner.as_str());
    format!(
        r#"{{"{USER_ID}": {owner}, "{COLLECTIONS_MIGRATED}": true, "resources_migrated": false}}"#
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
    fn record_names_one_account() {
        let record = br#"{"user_id": "u", "collections-migrated": true}"#;
        assert!(names(record, &LegacyOwner::new("u")));
        assert!(!names(record, &LegacyOwner::new("v")));
        assert!(!names(b"{}", &LegacyOwner::new("u")));
        assert!(!names(br#"{"user_id": null}"#, &LegacyOwner::new("null")));
    }

    #[test]
    fn unreadable_record_is_not_changed() {
        assert!(!collections_migrated(b"oops"));
        assert!(!names(b"oops", &LegacyOwner::new("oops")));
        assert_eq!(with_collections_migrated(b"oops"), None);
    }

    #[test]
    fn new_record_has_the_format_of_gn_auth() {
        let record = new_record(&LegacyOwner::new("a\"b"));
        assert!(collections_migrated(record.as_bytes()));
        let json: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(json["user_id"], "a\"b");
        assert_eq!(json["resources_migrated"], false);
    }
}
