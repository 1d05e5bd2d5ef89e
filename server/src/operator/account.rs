//! Accounts as operators name them: by id, or by e-mail address.
//!
//! Redis does not hold the addresses of gn-auth's users. An address names legacy accounts, and the
//! audit stream names the accounts that moved, or tried to move, collections from these: only
//! people with the verified address could, or those who claimed the legacy account.

use crate::store::{AuditEntry, LegacyValues, Store, StoreError};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use std::collections::BTreeSet;
use std::str::FromStr;
use uuid::Uuid;

/// How often to wait two seconds for the index of legacy accounts. A walk over a million accounts
/// takes a few seconds.
const MAX_WAITS: usize = 30;

/// An account on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountArgument {
    Id(Uuid),
    Address(NormalizedEmail),
}

impl FromStr for AccountArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text)
            .map(Self::Id)
            .ok()
            .or_else(|| NormalizedEmail::parse(text).map(Self::Address))
            .ok_or("it is neither an id nor an e-mail address")
    }
}

/// The owners of lists that an argument names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct NamedOwners {
    /// The legacy accounts with the address; empty for an id.
    pub legacy: BTreeSet<LegacyOwner>,
    /// The account with the id, or those that are known to have the address.
    pub accounts: BTreeSet<Uuid>,
}

impl AccountArgument {
    /// Finds the owners.
    pub async fn owners(&self, store: &Store) -> Result<NamedOwners, StoreError> {
        let email = match self {
            Self::Id(id) => {
                return Ok(NamedOwners {
                    accounts: BTreeSet::from([*id]),
                    ..NamedOwners::default()
                });
            }
            Self::Address(email) => email,
        };
        let values = legacy_accounts(&store.clone().with_legacy_index(), None, email).await?;
        let legacy = values.into_iter().map(|values| values.owner).collect();
        Ok(NamedOwners {
            accounts: migrated_accounts(store, &legacy).await?,
            legacy,
        })
    }
}

/// Reads the lists of all legacy accounts of a person with this address. Waits for the index of the
/// store.
pub async fn legacy_accounts(
    store: &Store,
    account: Option<Uuid>,
    email: &NormalizedEmail,
) -> Result<Vec<LegacyValues>, StoreError> {
    store.ping().await?;
    let mut waits = 0;
    loop {
        match store
            .migration_values(account.unwrap_or_default(), email)
            .await
        {
            Err(StoreError::NotIndexed) if waits < MAX_WAITS => waits += 1,
            values => return values.map(|values| values.sources),
        }
    }
}

/// Finds the accounts that asked to migrate from one of these legacy accounts.
pub(super) async fn migrated_accounts(
    store: &Store,
    legacy: &BTreeSet<LegacyOwner>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut accounts = BTreeSet::new();
    if legacy.is_empty() {
        return Ok(accounts);
    }
    let mut page = store.audit(None).await?;
    while let Some(last) = page.last {
        let migrations = page
            .entries
            .iter()
            .filter(|entry| entry.field("kind") == "migration");
        let matching = migrations.filter(|entry| sources(entry).any(|from| legacy.contains(&from)));
        accounts.extend(matching.filter_map(|entry| Uuid::parse_str(entry.field("to")).ok()));
        page = store.audit(Some(&last)).await?;
    }
    Ok(accounts)
}

/// The legacy accounts that an entry of the audit stream names as sources.
pub(super) fn sources(entry: &AuditEntry) -> impl Iterator<Item = LegacyOwner> {
    entry.field("from").split_whitespace().map(LegacyOwner::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_named_by_id_or_by_address_in_any_spelling() {
        let id = "7989abde-2951-42d5-915f-1522eaddc55a";
        assert_eq!(
            id.parse(),
            Ok(AccountArgument::Id(Uuid::parse_str(id).expect("an id")))
        );
        let address = NormalizedEmail::parse("person@example.org").expect("an address");
        assert_eq!(
            " Person@Example.ORG".parse(),
            Ok(AccountArgument::Address(address))
        );
        for neither in ["", "person", "7989abde", "@example.org"] {
            assert!(neither.parse::<AccountArgument>().is_err(), "{neither}");
        }
    }
}
