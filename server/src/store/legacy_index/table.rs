//! The table from the hash of an address to its candidate accounts.

use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::AccountRecord;
use std::hash::{BuildHasher, RandomState};
use uuid::Uuid;

/// An account that may have the requested address. Its fields locate all its values, so one round
/// trip reads them together with its record.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::store) struct Candidate {
    /// The field of the account in the hash.
    pub(in crate::store) field: LegacyOwner,
    /// The `user_id` of the record, if it differs from the field.
    pub(in crate::store) other_id: Option<LegacyOwner>,
    /// The address in the record's spelling. Only claimed accounts may have none.
    pub(in crate::store) email: Option<String>,
}

impl From<AccountRecord> for Candidate {
    fn from(account: AccountRecord) -> Self {
        Self {
            field: account.field,
            other_id: account.other_id,
            email: account.email,
        }
    }
}

/// All accounts, keyed by the hash of their normalized address. An ordinary account takes 24 bytes,
/// because addresses are stored only if their spelling differs from the normalized form.
pub(super) struct Table {
    /// The number of the walk, counted from 1.
    pub(super) walk: u64,
    /// The number of records when the walk began.
    pub(super) records: u64,
    /// The random key prevents chosen addresses that share a hash.
    keyed: RandomState,
    /// Accounts whose field is a UUID, without another id, and with a normalized address. Sorted by
    /// hash.
    ordinary: Vec<(u64, Uuid)>,
    /// All other accounts. Sorted by hash.
    irregular: Vec<(u64, Box<Candidate>)>,
    /// The fields of all records that name another `user_id`, with the hash of that. Sorted.
    named: Vec<(u64, Box<str>)>,
}

pub(super) struct TableBuilder(Table);

impl TableBuilder {
    pub(super) fn new(walk: u64, records: u64) -> Self {
        Self(Table {
            walk,
            records,
            keyed: RandomState::new(),
            ordinary: Vec::with_capacity(usize::try_from(records).unwrap_or(0)),
            irregular: Vec::new(),
            named: Vec::new(),
        })
    }

    /// Adds a record. Unreadable records are ignored.
    pub(super) fn record(&mut self, field: &[u8], record: &[u8]) {
        let Ok(field) = std::str::from_utf8(field) else {
            return;
        };
        let Some(account) = AccountRecord::read(field, record) else {
            return;
        };
        if let Some(id) = &account.other_id {
            let hash = self.0.keyed.hash_one(id.as_str());
            self.0.named.push((hash, field.into()));
        }
        let Some(normalized) = account.normalized() else {
            return;
        };
        let hash = self.0.keyed.hash_one(normalized.as_str());
        match ordinary_id(&account, &normalized) {
            Some(id) => self.0.ordinary.push((hash, id)),
            None => self.0.irregular.push((hash, Box::new(account.into()))),
        }
    }

    pub(super) fn finish(self) -> Table {
        let mut table = self.0;
        table.ordinary.sort_unstable();
        // HSCAN may return a record twice.
        table.ordinary.dedup();
        table.ordinary.shrink_to_fit();
        table
            .irregular
            .sort_unstable_by(|(one, this), (other, that)| {
                (one, &this.field).cmp(&(other, &that.field))
            });
        table.irregular.dedup();
        table.irregular.shrink_to_fit();
        table.named.sort_unstable();
        table.named.dedup();
        table.named.shrink_to_fit();
        table
    }
}

fn ordinary_id(account: &AccountRecord, normalized: &NormalizedEmail) -> Option<Uuid> {
    let plain = account.other_id.is_none() && account.email.as_deref() == Some(normalized.as_str());
    let id = Uuid::try_parse(account.field.as_str()).ok()?;
    // A UUID in capitals or without hyphens is another field.
    let exact = id.hyphenated().to_string() == account.field.as_str();
    (plain && exact).then_some(id)
}

impl Table {
    /// The fields of the records that may name this id.
    pub(super) fn naming(&self, id: &LegacyOwner) -> Vec<LegacyOwner> {
        let hash = self.keyed.hash_one(id.as_str());
        let named = with_hash(&self.named, hash).iter();
        named
            .map(|(_, field)| LegacyOwner::new(field.to_string()))
            .collect()
    }

    /// The accounts that may have this address, ordered by their fields. Two addresses may share a
    /// hash, so the caller compares the records.
    pub(super) fn candidates(&self, email: &NormalizedEmail) -> Vec<Candidate> {
        let hash = self.keyed.hash_one(email.as_str());
        let ordinary = with_hash(&self.ordinary, hash)
            .iter()
            .map(|(_, id)| Candidate {
                field: LegacyOwner::new(id.hyphenated().to_string()),
                other_id: None,
                email: Some(email.as_str().to_owned()),
            });
        let irregular = with_hash(&self.irregular, hash)
            .iter()
            .map(|(_, candidate)| Candidate::clone(candidate));
        let mut candidates: Vec<Candidate> = ordinary.chain(irregular).collect();
        candidates.sort_unstable_by(|one, other| one.field.cmp(&other.field));
        // A record that changed during the walk may occur twice. The caller reads the current one.
        candidates.dedup_by(|one, other| one.field == other.field);
        candidates
    }
}

fn with_hash<T>(sorted: &[(u64, T)], hash: u64) -> &[(u64, T)] {
    let begin = sorted.partition_point(|(other, _)| *other < hash);
    let length = sorted[begin..].partition_point(|(other, _)| *other == hash);
    &sorted[begin..begin + length]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000-0000-4000-8000-000000000001";

    fn table(records: &[(&str, &str)]) -> Table {
        let mut builder = TableBuilder::new(1, records.len() as u64);
        for (field, record) in records {
            builder.record(field.as_bytes(), record.as_bytes());
        }
        builder.finish()
    }

    fn candidates(table: &Table, email: &str) -> Vec<(String, Option<String>, String)> {
        let email = NormalizedEmail::parse(email).expect("an address");
        table
            .candidates(&email)
            .into_iter()
            .map(|candidate| {
                let other = candidate.other_id.map(|id| id.as_str().to_owned());
                let email = candidate.email.unwrap_or_default();
                (candidate.field.as_str().to_owned(), other, email)
            })
            .collect()
    }

    #[test]
    fn an_ordinary_account_takes_24_bytes() {
        assert_eq!(size_of::<(u64, Uuid)>(), 24);
        let table = table(&[(ID, r#"{"email_address": "a@example.org"}"#)]);
        assert_eq!((table.ordinary.len(), table.irregular.len()), (1, 0));
        assert_eq!(
            candidates(&table, "A@Example.org"),
            [(ID.to_owned(), None, "a@example.org".to_owned())]
        );
    }

    #[test]
    fn irregular_accounts_keep_their_spelling() {
        let upper = ID.replace("000001", "00000A");
        let table = table(&[
            (&upper, r#"{"email_address": "a@example.org"}"#),
            (ID, r#"{"email_address": "a@example.org", "user_id": "x"}"#),
            ("name", r#"{"email_address": "a@example.org"}"#),
            (
                &upper.to_lowercase(),
                r#"{"email_address": " A@example.org"}"#,
            ),
        ]);
        let plain = "a@example.org".to_owned();
        assert_eq!(
            candidates(&table, "a@example.org"),
            [
                (ID.to_owned(), Some("x".to_owned()), plain.clone()),
                (upper.clone(), None, plain.clone()),
                (upper.to_lowercase(), None, " A@example.org".to_owned()),
                ("name".to_owned(), None, plain),
            ]
        );
    }

    #[test]
    fn other_and_unreadable_records_are_not_proposed() {
        let table = table(&[
            (ID, r#"{"email_address": "a@example.org"}"#),
            ("b", r#"{"email_address": "b@example.org"}"#),
            ("c", "not JSON"),
            ("d", r#"{"github_id": 1}"#),
        ]);
        assert_eq!(candidates(&table, "b@example.org").len(), 1);
        assert!(candidates(&table, "c@example.org").is_empty());
    }

    #[test]
    fn record_that_names_another_id_is_found_by_it() {
        let table = table(&[
            (ID, &format!(r#"{{"user_id": "{ID}"}}"#)),
            ("a", r#"{"email_address": "a@example.org", "user_id": "x"}"#),
            ("b", r#"{"github_id": 1, "user_id": "x"}"#),
            ("c", "not JSON"),
        ]);
        let naming = |id: &str| table.naming(&LegacyOwner::new(id.to_owned()));
        let fields = naming("x");
        let fields: Vec<&str> = fields.iter().map(LegacyOwner::as_str).collect();
        assert_eq!(fields, ["a", "b"]);
        assert!(naming(ID).is_empty() && naming("a").is_empty());
    }

    #[test]
    fn record_found_twice_is_proposed_once() {
        let plain = r#"{"email_address": "a@example.org"}"#;
        let irregular = r#"{"email_address": "A@example.org"}"#;
        let table = table(&[
            (ID, plain),
            (ID, plain),
            (ID, irregular),
            ("x", irregular),
            ("x", irregular),
        ]);
        assert_eq!(candidates(&table, "a@example.org").len(), 2);
    }
}
