//! Legacy accounts by address, with everything a migration is planned on.

use super::legacy_index::{Candidate, LegacyIndex};
use super::{Store, StoreError, Watched};
use crate::metrics::LOOKUPS;
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::LegacyAccount;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How often accounts may turn out to have changed between index and record, or between two reads, before
/// the request is told to come again. Once happens; twice in a row hardly ever.
const READINGS: usize = 4;

/// A list that lies under a legacy account.
pub struct LegacyValues {
    /// The field under which the list lies: the account's field, or the `user_id` in its record.
    pub owner: LegacyOwner,
    /// The address exactly as the account spells it.
    pub email: String,
    /// The name of the person, if the record has one.
    pub full_name: Option<String>,
    /// The stored list.
    pub list: Option<Vec<u8>>,
    /// The record of the address, so spelt, in `migratable-accounts`.
    pub flag: Option<Vec<u8>>,
}

/// What a migration is planned on.
pub struct MigrationValues {
    /// The new account's stored list.
    pub target: Option<Vec<u8>>,
    /// Every list of every legacy account with the address, each once, in the order of the accounts'
    /// fields. Also those that do not exist.
    pub sources: Vec<LegacyValues>,
}

impl Store {
    /// The lists of all legacy accounts with this address, and the new account's own: one round trip,
    /// however many accounts there are. The index proposes; what counts is the record read here.
    /// They are read where they are watched, if they are.
    /// The values are read one after the other, which is enough: the commit compares all of them again.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails, or the accounts are not indexed yet.
    pub async fn migration_values(
        &self,
        owner: Uuid,
        email: &NormalizedEmail,
        mut watched: Option<&mut Watched>,
    ) -> Result<MigrationValues, StoreError> {
        let index = self.legacy_index.as_ref().ok_or(StoreError::NotIndexed)?;
        let mut candidates = index.candidates(email).await?;
        let mut waited = false;
        for _ in 0..READINGS {
            let reading = self
                .read(owner, &candidates.accounts, watched.as_deref_mut())
                .await?;
            if reading.records != candidates.records && !waited {
                waited = true;
                if let Some(newer) = index.caught_up(email, reading.records).await? {
                    candidates = newer;
                    continue;
                }
            }
            let outcome = |outcome| metrics::counter!(LOOKUPS, "outcome" => outcome).increment(1);
            let now: Vec<Candidate> = reading
                .accounts
                .iter()
                .filter_map(|account| account.confirmed(email))
                .collect();
            if now == candidates.accounts {
                outcome("hit");
                return Ok(reading.values());
            }
            outcome("behind");
            // Changed since it was indexed: what the records say now is where to look.
            candidates.accounts = now;
        }
        Err(StoreError::NotIndexed)
    }

    /// Reads the records of these accounts, and the values that lie where they say.
    async fn read(
        &self,
        owner: Uuid,
        accounts: &[Candidate],
        watched: Option<&mut Watched>,
    ) -> Result<Reading, StoreError> {
        let mut reads = redis::pipe();
        reads.hlen(self.keys.users());
        reads.hget(self.keys.collections(), owner.to_string());
        for account in accounts {
            reads.hget(self.keys.migratable(), &account.email);
            for id in account.ids() {
                reads.hget(self.keys.users(), id.as_str());
                reads.hget(self.keys.legacy_collections(), id.as_str());
            }
        }
        let answers = self.read_lists(owner, reads, watched).await?;
        let (records, values) = length_and_values(answers)?;
        self.note_size(owner, values.iter().flatten().map(Vec::len).sum());
        let mut values = values.into_iter();
        let mut next = || values.next().flatten();
        let target = next();
        let accounts = accounts
            .iter()
            .map(|account| ReadAccount {
                flag: next(),
                under: account
                    .ids()
                    .map(|id| Under {
                        id: id.clone(),
                        record: next(),
                        list: next(),
                    })
                    .collect(),
            })
            .collect();
        Ok(Reading {
            records,
            target,
            accounts,
        })
    }

    /// Begins to index the legacy accounts, on a task of its own.
    #[must_use]
    pub fn with_legacy_index(mut self) -> Self {
        let users = self.keys.users().to_owned();
        self.legacy_index = Some(LegacyIndex::start(self.connection.clone(), users));
        self
    }
}

/// How many accounts there are, and the values.
fn length_and_values(
    answers: Vec<redis::Value>,
) -> redis::RedisResult<(u64, Vec<Option<Vec<u8>>>)> {
    let mut answers = answers.into_iter();
    let length = redis::from_redis_value(answers.next().unwrap_or(redis::Value::Nil))?;
    let values = answers
        .map(redis::from_redis_value)
        .collect::<Result<_, _>>()?;
    Ok((length, values))
}

/// What one round trip brought.
struct Reading {
    records: u64,
    target: Option<Vec<u8>>,
    accounts: Vec<ReadAccount>,
}

/// One account's record and values.
struct ReadAccount {
    flag: Option<Vec<u8>>,
    /// Under its field, then under the other id it was said to name.
    under: Vec<Under>,
}

/// What lies under one id.
struct Under {
    id: LegacyOwner,
    record: Option<Vec<u8>>,
    list: Option<Vec<u8>>,
}

impl Candidate {
    fn ids(&self) -> impl Iterator<Item = &LegacyOwner> {
        std::iter::once(&self.field).chain(self.other_id.as_ref())
    }
}

impl Under {
    fn account(&self) -> Option<LegacyAccount> {
        LegacyAccount::read(self.id.as_str(), self.record.as_deref()?).ok()
    }
}

impl ReadAccount {
    fn account(&self) -> Option<LegacyAccount> {
        self.under.first()?.account()
    }

    /// The account as its record is now, if it still has this address.
    fn confirmed(&self, email: &NormalizedEmail) -> Option<Candidate> {
        self.account()
            .filter(|account| account.normalized == *email)
            .map(Candidate::from)
    }

    /// A record may name another id than the one it lies under. If an account of somebody else lies
    /// under that id, its collections are theirs.
    fn lists(self) -> Vec<LegacyValues> {
        let Some(account) = self.account() else {
            return Vec::new();
        };
        let theirs = |under: &Under| {
            let other = under.account();
            under.record.is_some() && other.is_none_or(|o| o.normalized != account.normalized)
        };
        self.under
            .into_iter()
            .filter(|under| under.id == account.field || !theirs(under))
            .map(|under| LegacyValues {
                owner: under.id,
                email: account.email.clone(),
                full_name: account.full_name.clone(),
                list: under.list,
                flag: self.flag.clone(),
            })
            .collect()
    }
}

impl Reading {
    fn values(self) -> MigrationValues {
        let mut seen = BTreeSet::new();
        let sources = self
            .accounts
            .into_iter()
            .flat_map(ReadAccount::lists)
            .filter(|source| seen.insert(source.owner.clone()))
            .collect();
        MigrationValues {
            target: self.target,
            sources,
        }
    }
}
