//! A record of GN2's `users` hash.

use crate::email::NormalizedEmail;
use crate::ids::LegacyOwner;
use crate::raw_json::{InvalidObject, Object, text};
use std::borrow::Cow;

/// The used fields of a legacy account with an address. `registration_info` is never read, and
/// `password` only by [`StoredPassword`](super::StoredPassword).
#[derive(Clone, PartialEq, Eq)]
pub struct LegacyAccount {
    /// The hash field of the account, which is its id even if the record has another one.
    pub field: LegacyOwner,
    /// The record's `user_id` if it differs from the field. Collections may lie under either id.
    pub other_id: Option<LegacyOwner>,
    /// The address exactly as stored.
    pub email: String,
    /// The address in its compared form.
    pub normalized: NormalizedEmail,
    /// The name of the person, if the record has one.
    pub full_name: Option<String>,
    /// Whether the person confirmed the address at GN2 (`confirmed`, mostly 1 or 0).
    pub is_confirmed: bool,
}

/// The fields of a legacy account that is claimed, and may have no address.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The hash field of the account.
    pub field: LegacyOwner,
    /// The record's `user_id` if it differs from the field.
    pub other_id: Option<LegacyOwner>,
    /// The text in place of an address exactly as stored, if there is one.
    pub email: Option<String>,
    /// The name of the person, if the record has one.
    pub full_name: Option<String>,
    /// Whether the person confirmed the address at GN2.
    pub is_confirmed: bool,
}

impl AccountRecord {
    /// Reads one record. Returns `None` if it is not a JSON object.
    pub fn read(field: &str, record: &[u8]) -> Option<Self> {
        let record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
        let email = record.get("email_address").and_then(text);
        Some(Self {
            field: LegacyOwner::new(field),
            other_id: other_id(&record, field),
            email: email.map(Cow::into_owned),
            full_name: full_name(&record),
            is_confirmed: is_confirmed(&record),
        })
    }

    /// The address in its compared form, if it is one.
    pub fn normalized(&self) -> Option<NormalizedEmail> {
        NormalizedEmail::parse(self.email.as_deref()?)
    }
}

/// The reason why a record of `users` cannot be matched with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAccount {
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// The text is not a JSON object.
    #[error(transparent)]
    NotAnObject(#[from] InvalidObject),
    /// The record has no `email_address`, as accounts made by GitHub or ORCID sign-in.
    #[error("it has no e-mail address")]
    NoEmail,
    /// The `email_address` is not an address.
    #[error("its e-mail address is not one")]
    InvalidEmail,
}

impl LegacyAccount {
    /// Reads one record.
    ///
    /// # Errors
    /// [`UnreadableAccount`] when the record cannot be matched with a person.
    pub fn read(field: &str, record: &[u8]) -> Result<Self, UnreadableAccount> {
        let record = std::str::from_utf8(record).map_err(|_| UnreadableAccount::NotUtf8)?;
        let record = Object::parse(record)?;
        let email = match record.get("email_address") {
            None | Some("null") => return Err(UnreadableAccount::NoEmail),
            Some(raw) => text(raw).ok_or(UnreadableAccount::InvalidEmail)?,
        };
        let normalized = NormalizedEmail::parse(&email).ok_or(UnreadableAccount::InvalidEmail)?;
        Ok(Self {
            field: LegacyOwner::new(field),
            other_id: other_id(&record, field),
            email: email.into_owned(),
            normalized,
            full_name: full_name(&record),
            is_confirmed: is_confirmed(&record),
        })
    }
}

fn other_id(record: &Object<'_>, field: &str) -> Option<LegacyOwner> {
    let id = record.get("user_id").and_then(text);
    id.filter(|id| id != field && !id.trim().is_empty())
        .map(LegacyOwner::new)
}

fn is_confirmed(record: &Object<'_>) -> bool {
    matches!(record.get("confirmed"), Some("1" | "true"))
}

fn full_name(record: &Object<'_>) -> Option<String> {
    let name = record.get("full_name").or_else(|| record.get("name"));
    name.and_then(text).map(Cow::into_owned)
}

/// Returns the `user_id` of a record, even if the rest of the record is unreadable.
pub fn user_id(record: &[u8]) -> Option<LegacyOwner> {
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
    fn address_keeps_its_spelling_and_is_compared_normalised() {
        let account = read(
            r#"{"user_id": "f", "full_name": "x\ud800y", "email_address": "  Person@Example.ORG\n", "password": "{}"}"#,
        )
        .expect("an account");
        assert_eq!(account.email, "  Person@Example.ORG\n");
        assert_eq!(account.normalized.as_str(), "person@example.org");
        assert_eq!(account.other_id, None);
        assert!(!account.is_confirmed);
        assert!(account.full_name.expect("a name").contains('\u{fffd}'));
    }

    #[test]
    fn confirmation_is_read_as_number_or_boolean() {
        for (value, is_confirmed) in [("1", true), ("true", true), ("0", false), ("null", false)] {
            let record = format!(r#"{{"email_address": "a@b.example", "confirmed": {value}}}"#);
            assert_eq!(read(&record).expect("one").is_confirmed, is_confirmed);
        }
    }

    #[test]
    fn record_with_another_user_id_has_two_ids() {
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
    fn claimed_account_may_have_no_address() {
        let orcid = br#"{"user_id": "g", "name": "A", "orcid": "0000"}"#;
        let record = AccountRecord::read("f", orcid).expect("a record");
        assert_eq!(record.other_id, Some(LegacyOwner::new("g")));
        assert_eq!(record.full_name.as_deref(), Some("A"));
        assert!(record.email.is_none() && record.normalized().is_none());
        let named = br#"{"email_address": " A@B.example"}"#;
        let named = AccountRecord::read("f", named).expect("a record");
        assert_eq!(named.email.as_deref(), Some(" A@B.example"));
        assert_eq!(named.normalized().expect("one").as_str(), "a@b.example");
        assert!(AccountRecord::read("f", b"[]").is_none());
    }

    #[test]
    fn broken_record_has_a_reason() {
        use UnreadableAccount::{InvalidEmail, NoEmail, NotAnObject};
        for (record, reason) in [
            ("", NotAnObject(InvalidObject::OtherKind)),
            ("null", NotAnObject(InvalidObject::OtherKind)),
            (
                r#"{"user_id": "1111"#,
                NotAnObject(InvalidObject::Malformed),
            ),
            (r#"{"user_id": "f"}"#, NoEmail),
            (r#"{"email_address": null}"#, NoEmail),
            (r#"{"email_address": 7}"#, InvalidEmail),
            (r#"{"email_address": "nobody"}"#, InvalidEmail),
        ] {
            assert_eq!(read(record).err(), Some(reason), "{record}");
        }
        assert_eq!(
            LegacyAccount::read("f", b"{\"\xff\"}").err(),
            Some(UnreadableAccount::NotUtf8)
        );
    }
}
