//! Reads the legacy accounts of a person, those with the address and those that the person claimed,
//! with everything that a migration is planned on.

use super::claims::parse_claims;
use super::legacy_index::{Candidate, LegacyIndex};
use super::{Store, StoreError};
use crate::metrics::LOOKUPS;
use shared::claim::{Claim, Claimant};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::AccountRecord;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How often accounts may change between the index and the record, or between two reads, before the
/// request is refused. A claimed account takes two more: its claim names the record, which names
/// the other values.
const MAX_READINGS: usize = 6;

/// A list of a legacy account.
pub struct LegacyValues {
    /// The field of the list: the field of the account, or the `user_id` in its record.
    pub owner: LegacyOwner,
    /// The address exactly as the account spells it. Only claimed accounts may have none.
    pub email: Option<String>,
    pub full_name: Option<String>,
    /// Whether the person confirmed the address at GN2.
    pub is_confirmed: bool,
    pub list: Option<Vec<u8>>,
    /// The record in `migratable-accounts` of the address in this spelling.
    pub flag: Option<Vec<u8>>,
}

/// The values that a migration is planned on.
pub struct MigrationValues {
    /// The list of the new account.
    pub target: Option<Vec<u8>>,
    /// The lists of all legacy accounts with the address, then of the claimed ones, each once, in
    /// the order of the accounts' fields. Lists that do not exist are included.
    pub sources: Vec<LegacyValues>,
}

impl Store {
    /// Reads the lists of the new account, of all legacy accounts with this address, and of those
    /// that the person claimed. It takes one round trip without claims, three with them. The index
    /// and the claims propose accounts; the records that are read here decide. The values are not
    /// read at one instant, which is enough: the commit compares all of them again.
    pub async fn migration_values(
        &self,
        owner: Uuid,
        email: &NormalizedEmail,
    ) -> Result<MigrationValues, StoreError> {
        let index = self.legacy_index.as_ref().ok_or(StoreError::NotIndexed)?;
        let mut candidates = index.candidates(email).await?;
        let mut waited = false;
        for _ in 0..MAX_READINGS {
            let reading = self.read(owner, email, &candidates.accounts).await?;
            if reading.records != candidates.records && !waited {
                waited = true;
                if let Some(newer) = index.candidates_after_walk(email, reading.records).await? {
                    candidates = newer;
                    continue;
                }
            }
            let outcome = |outcome| metrics::counter!(LOOKUPS, "outcome" => outcome).increment(1);
            let now = reading.proposed(email);
            if now == candidates.accounts {
                outcome("hit");
                return Ok(reading.values(email));
            }
            if reading.claims.is_empty() {
                outcome("behind");
            }
            // The records changed since they were indexed, and now name other fields.
            candidates.accounts = now;
        }
        Err(StoreError::NotIndexed)
    }

    /// Reads the records of these accounts, and the values in the fields that they name.
    async fn read(
        &self,
        owner: Uuid,
        email: &NormalizedEmail,
        accounts: &[Candidate],
    ) -> Result<Reading, StoreError> {
        let mut reads = redis::pipe();
        reads.hlen(self.keys.users());
        for claimant in [Claimant::Account(owner), Claimant::Address(email.clone())] {
            reads.hgetall(self.keys.claims(&claimant));
        }
        reads.hget(self.keys.collections(), owner.to_string());
        for account in accounts {
            reads.hget(
                self.keys.migratable(),
                account.email.as_deref().unwrap_or_default(),
            );
            for id in account.ids() {
                reads.hget(self.keys.users(), id.as_str());
                reads.hget(self.keys.legacy_collections(), id.as_str());
            }
        }
        let Answers {
            records,
            claims,
            values,
        } = Answers::parse(self.connection.pipeline(&reads).await?)?;
        let mut values = values.into_iter();
        let mut next = || values.next().flatten();
        let target = next();
        let accounts = accounts
            .iter()
            .map(|account| ReadAccount {
                flag: next(),
                by_id: account
                    .ids()
                    .map(|id| ValuesOfId {
                        id: id.clone(),
                        record: next(),
                        list: next(),
                    })
                    .collect(),
            })
            .collect();
        Ok(Reading {
            records,
            claims,
            target,
            accounts,
        })
    }

    /// Starts the task that indexes the legacy accounts.
    #[must_use]
    pub fn with_legacy_index(mut self) -> Self {
        let users = self.keys.users().to_owned();
        self.legacy_index = Some(LegacyIndex::start(self.connection.clone(), users));
        self
    }
}

/// The answers to the commands of one round trip.
struct Answers {
    records: u64,
    claims: Claims,
    values: Vec<Option<Vec<u8>>>,
}

/// The claims of a person, by the field of the account.
type Claims = BTreeMap<LegacyOwner, Claim>;

impl Answers {
    fn parse(answers: Vec<redis::Value>) -> redis::RedisResult<Self> {
        let mut answers = answers.into_iter();
        let mut next = || answers.next().unwrap_or(redis::Value::Nil);
        let records = redis::from_redis_value(next())?;
        let of_address = redis::from_redis_value(next())?;
        let mut claims = parse_claims(of_address);
        claims.append(&mut parse_claims(redis::from_redis_value(next())?));
        let values = answers
            .map(redis::from_redis_value)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            records,
            claims,
            values,
        })
    }
}

/// The answers of one round trip.
struct Reading {
    records: u64,
    claims: Claims,
    target: Option<Vec<u8>>,
    accounts: Vec<ReadAccount>,
}

struct ReadAccount {
    flag: Option<Vec<u8>>,
    /// The values of the account's field, then those of the other id that it names.
    by_id: Vec<ValuesOfId>,
}

/// The values of one id.
struct ValuesOfId {
    id: LegacyOwner,
    record: Option<Vec<u8>>,
    list: Option<Vec<u8>>,
}

impl Candidate {
    fn ids(&self) -> impl Iterator<Item = &LegacyOwner> {
        std::iter::once(&self.field).chain(self.other_id.as_ref())
    }
}

impl ValuesOfId {
    fn account(&self) -> Option<AccountRecord> {
        AccountRecord::read(self.id.as_str(), self.record.as_deref()?)
    }
}

impl ReadAccount {
    fn account(&self) -> Option<AccountRecord> {
        self.by_id.first()?.account()
    }

    /// Returns the account as its record now describes it.
    fn current(&self) -> Option<Candidate> {
        self.account().map(|account| Candidate {
            field: account.field,
            other_id: account.other_id,
            email: account.email,
        })
    }

    /// Whether the account still has this address.
    fn has_address(&self, email: &NormalizedEmail) -> bool {
        let account = self.account();
        account.and_then(|account| account.normalized()).as_ref() == Some(email)
    }

    /// Whether one of these claims holds for the account as it is now.
    fn is_claimed(&self, claims: &Claims) -> bool {
        self.by_id.first().is_some_and(|values| {
            let claim = claims.get(&values.id);
            let record = values.record.as_deref();
            claim
                .zip(record)
                .is_some_and(|(claim, record)| claim.holds_for(record))
        })
    }

    /// Returns the lists of the account. A record may name another id than its field. If that id is
    /// the field of somebody else's account, the collections are theirs.
    fn lists(self) -> Vec<LegacyValues> {
        let Some(account) = self.account() else {
            return Vec::new();
        };
        let address = account.normalized();
        let is_somebody_elses = |values: &ValuesOfId| {
            let other = values.account().and_then(|other| other.normalized());
            values.record.is_some() && (other.is_none() || other != address)
        };
        self.by_id
            .into_iter()
            .filter(|values| values.id == account.field || !is_somebody_elses(values))
            .map(|values| LegacyValues {
                owner: values.id,
                email: account.email.clone(),
                full_name: account.full_name.clone(),
                is_confirmed: account.is_confirmed,
                list: values.list,
                flag: self.flag.clone().filter(|_| account.email.is_some()),
            })
            .collect()
    }
}

impl Reading {
    /// Returns the accounts that may be the person's, as they are now: those with the address, then
    /// the claimed ones.
    fn proposed(&self, email: &NormalizedEmail) -> Vec<Candidate> {
        let with_address = self.accounts.iter();
        let with_address = with_address.filter(|account| account.has_address(email));
        let mut proposed: Vec<_> = with_address.filter_map(ReadAccount::current).collect();
        for field in self.claims.keys() {
            if proposed.iter().any(|account| account.field == *field) {
                continue;
            }
            let mut read = self.accounts.iter().filter_map(ReadAccount::current);
            let current = read.find(|account| account.field == *field);
            proposed.push(current.unwrap_or_else(|| Candidate {
                field: field.clone(),
                other_id: None,
                email: None,
            }));
        }
        proposed
    }

    fn values(self, email: &NormalizedEmail) -> MigrationValues {
        let mut seen = BTreeSet::new();
        let claims = self.claims;
        let sources = self
            .accounts
            .into_iter()
            .filter(|account| account.has_address(email) || account.is_claimed(&claims))
            .flat_map(ReadAccount::lists)
            .filter(|source| seen.insert(source.owner.clone()))
            .collect();
        MigrationValues {
            target: self.target,
            sources,
        }
    }
}
