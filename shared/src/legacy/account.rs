//! A record of GN2's `users` hash.

use crate::email::NormalizedEmail;
use crate::ids::LegacyOwner;
use crate::raw_json::{NotAnObject, Object, text};
use std::borrow::Cow;

/// What this program needs of a legacy account. `password` and `registration_info` are never looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct LegacyAccount {
    /// The hash field under which the account lies: its id, whatever the record says.
    pub field: LegacyOwner,
    /// The `user_id` of the record where it differs from the field: collections may lie under either.
    pub other_id: Option<LegacyOwner>,
    /// The address exactly as stored.
    pub email: String,
    /// The address as it is compared.
    pub normalized: NormalizedEmail,
    /// The name of the person, if the record has one.
    pub full_name: Option<String>,
}

/// Why a record of `users` cannot be matched with anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAccount {
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// It is not a JSON object.
    #[error(transparent)]
    NotAnObject(#[from] NotAnObject),
    /// It has no `email_address`, as accounts made by GitHub or ORCID sign-in.
    #[error("it has no e-mail address")]
    NoEmail,
    /// Its `email_address` is not an address.
    #[error("its e-mail address is not one")]
    OddEmail,
}

impl LegacyAccount {
    /// Reads one record.
    ///
    /// # Errors
    /// [`UnreadableAccount`] when it cannot be matched with anybody; that concerns nobody else.
    pub fn read(field: &str, record: &[u8]) -> Result<Self, UnreadableAccount> {
        let record = std::str::from_utf8(record).map_err(|_| UnreadableAccount::NotUtf8)?;
        let record = Object::parse(record)?;
        let email = match record.get("email_address") {
            None | Some("null") => return Err(UnreadableAccount::NoEmail),
            Some(raw) => text(raw).ok_or(UnreadableAccount::OddEmail)?,
        };
        let normalized = NormalizedEmail::parse(&email).ok_or(UnreadableAccount::OddEmail)?;
        Ok(Self {
            field: LegacyOwner::new(field),
            other_id: record
                .get("user_id")
                .and_then(text)
                .filter(|id| id != field && !id.trim().is_empty())
                .map(LegacyOwner::new),
            email: email.into_owned(),
            normalized,
            full_name: record
                .get("full_name")
                .or_else(|| record.get("name"))
                .and_then(text)
                .map(Cow::into_owned),
        })
    }
}

/// The `user_id` that a record names, whatever else can be read of it.
pub fn named_id(record: &[u8]) -> Option<LegacyOwner> {
    let record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
    record.get("user_id").and_then(text).map(LegacyOwner::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(record: &str) -> Result<LegacyAccount, UnreadableAccount> {
        LegacyAccount::read("f", record.as_bytes())
    }

    #[test]
    fn the_address_is_kept_as_spelt_and_compared_normalised() {
        let account = read(
            r#"{"user_id": "f", "full_name": "x\ud800y", "email_address": "  Person@Example.ORG\n", "password": "{}"}"#,
        )
        .expect("an account");
        assert_eq!(account.email, "  Person@Example.ORG\n");
        assert_eq!(account.normalized.as_str(), "person@example.org");
        assert_eq!(account.other_id, None);
        assert!(account.full_name.expect("a name").contains('\u{fffd}'));
    }

    #[test]
    fn the_field_is_the_id_and_another_user_id_counts_too() {
        assert_eq!(
            read(r#"{"email_address": "a@b.example"}"#)
                .expect("one")
                .field
                .as_str(),
            "f"
        );
        let other = read(r#"{"user_id": "g", "email_address": "a@b.example"}"#).expect("one");
        assert_eq!(other.other_id, Some(LegacyOwner::new("g")));
    }

    #[test]
    fn broken_records_say_why() {
        use UnreadableAccount as Why;
        for (record, why) in [
            ("", Why::NotAnObject(NotAnObject::OtherKind)),
            ("null", Why::NotAnObject(NotAnObject::OtherKind)),
            (
                r#"{"user_id": "1111"#,
                Why::NotAnObject(NotAnObject::Malformed),
            ),
            (r#"{"user_id": "f"}"#, Why::NoEmail),
            (r#"{"email_address": null}"#, Why::NoEmail),
            (r#"{"email_address": 7}"#, Why::OddEmail),
            (r#"{"email_address": "nobody"}"#, Why::OddEmail),
        ] {
            assert_eq!(read(record).err(), Some(why), "{record}");
        }
        assert_eq!(
            LegacyAccount::read("f", b"{\"\xff\"}").err(),
            Some(Why::NotUtf8)
        );
    }
}
