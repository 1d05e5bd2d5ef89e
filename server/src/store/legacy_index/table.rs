//! The table: from the hash of an address to the accounts that may have it.

use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::LegacyAccount;
use std::hash::{BuildHasher, RandomState};
use uuid::Uuid;

/// An account that may have the address it was looked up for, with everything that says where its values
/// lie, so that they can be read together with its record.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::store) struct Candidate {
    /// The hash field under which the account lies.
    pub(in crate::store) field: LegacyOwner,
    /// The `user_id` in its record, where that is another one.
    pub(in crate::store) other_id: Option<LegacyOwner>,
    /// The address as the record spells it.
    pub(in crate::store) email: String,
}

impl From<LegacyAccount> for Candidate {
    fn from(account: LegacyAccount) -> Self {
        Self {
            field: account.field,
            other_id: account.other_id,
            email: account.email,
        }
    }
}

/// All accounts, by the hash of their compared address. Addresses themselves are kept only where an
/// account spells its own unlike the compared form. An ordinary account takes 24 bytes.
pub(super) struct Table {
    /// Which walk made it, counted from 1.
    pub(super) walk: u64,
    /// How many records `users` had when the walk began.
    pub(super) records: u64,
    /// Keyed at random: nobody can choose addresses that share a hash.
    keyed: RandomState,
    /// Accounts under a UUID, that name no other id and spell the address in its compared form.
    /// Sorted by hash.
    ordinary: Vec<(u64, Uuid)>,
    /// All others. Sorted by hash.
    odd: Vec<(u64, Box<Candidate>)>,
}

/// A table in the making.
pub(super) struct Builder(Table);

impl Builder {
    /// For a hash of so many records.
    pub(super) fn new(walk: u64, records: u64) -> Self {
        Self(Table {
            walk,
            records,
            keyed: RandomState::new(),
            ordinary: Vec::with_capacity(usize::try_from(records).unwrap_or(0)),
            odd: Vec::new(),
        })
    }

    /// Takes a record in. One that cannot be read concerns nobody.
    pub(super) fn record(&mut self, field: &[u8], record: &[u8]) {
        let Ok(field) = std::str::from_utf8(field) else {
            return;
        };
        let Ok(account) = LegacyAccount::read(field, record) else {
            return;
        };
        let hash = self.0.keyed.hash_one(account.normalized.as_str());
        match ordinary_id(&account) {
            Some(id) => self.0.ordinary.push((hash, id)),
            None => self.0.odd.push((hash, Box::new(account.into()))),
        }
    }

    /// The finished table.
    pub(super) fn finish(self) -> Table {
        let mut table = self.0;
        table.ordinary.sort_unstable();
        // HSCAN may return a record twice.
        table.ordinary.dedup();
        table.ordinary.shrink_to_fit();
        table.odd.sort_unstable_by(|(one, this), (other, that)| {
            (one, &this.field).cmp(&(other, &that.field))
        });
        table.odd.dedup();
        table.odd.shrink_to_fit();
        table
    }
}

fn ordinary_id(account: &LegacyAccount) -> Option<Uuid> {
    let plain = account.other_id.is_none() && account.email == account.normalized.as_str();
    let id = Uuid::try_parse(account.field.as_str()).ok()?;
    // A field in capitals or without hyphens is another field.
    let exact = id.hyphenated().to_string() == account.field.as_str();
    (plain && exact).then_some(id)
}

impl Table {
    /// The accounts that may have this address, ordered by their fields. Two addresses may share a hash:
    /// the records decide.
    pub(super) fn candidates(&self, email: &NormalizedEmail) -> Vec<Candidate> {
        let hash = self.keyed.hash_one(email.as_str());
        let ordinary = with_hash(&self.ordinary, hash)
            .iter()
            .map(|(_, id)| Candidate {
                field: LegacyOwner::new(id.hyphenated().to_string()),
                other_id: None,
                email: email.as_str().to_owned(),
            });
        let odd = with_hash(&self.odd, hash)
            .iter()
            .map(|(_, candidate)| Candidate::clone(candidate));
        let mut candidates: Vec<Candidate> = ordinary.chain(odd).collect();
        candidates.sort_unstable_by(|one, other| one.field.cmp(&other.field));
        // A record that changed while it was walked over may be in twice; reading it tells which one holds.
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
        let mut builder = Builder::new(1, records.len() as u64);
        for (field, record) in records {
            builder.record(field.as_bytes(), record.as_bytes());
        }
        builder.finish()
    }

    fn found(table: &Table, email: &str) -> Vec<(String, Option<String>, String)> {
        let email = NormalizedEmail::parse(email).expect("an address");
        table
            .candidates(&email)
            .into_iter()
            .map(|candidate| {
                let other = candidate.other_id.map(|id| id.as_str().to_owned());
                (candidate.field.as_str().to_owned(), other, candidate.email)
            })
            .collect()
    }

    #[test]
    fn an_ordinary_account_takes_24_bytes() {
        assert_eq!(size_of::<(u64, Uuid)>(), 24);
        let table = table(&[(ID, r#"{"email_address": "a@example.org"}"#)]);
        assert_eq!((table.ordinary.len(), table.odd.len()), (1, 0));
        assert_eq!(
            found(&table, "A@Example.org"),
            [(ID.to_owned(), None, "a@example.org".to_owned())]
        );
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_kept_as_it_is() {
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
            found(&table, "a@example.org"),
            [
                (ID.to_owned(), Some("x".to_owned()), plain.clone()),
                (upper.clone(), None, plain.clone()),
                (upper.to_lowercase(), None, " A@example.org".to_owned()),
                ("name".to_owned(), None, plain),
            ]
        );
    }

    #[test]
    fn others_and_unreadable_records_are_not_proposed() {
        let table = table(&[
            (ID, r#"{"email_address": "a@example.org"}"#),
            ("b", r#"{"email_address": "b@example.org"}"#),
            ("c", "not JSON"),
            ("d", r#"{"github_id": 1}"#),
        ]);
        assert_eq!(found(&table, "b@example.org").len(), 1);
        assert!(found(&table, "c@example.org").is_empty());
    }

    #[test]
    fn a_record_that_was_walked_over_twice_is_proposed_once() {
        let plain = r#"{"email_address": "a@example.org"}"#;
        let odd = r#"{"email_address": "A@example.org"}"#;
        let table = table(&[(ID, plain), (ID, plain), (ID, odd), ("x", odd), ("x", odd)]);
        assert_eq!(found(&table, "a@example.org").len(), 2);
    }
}
