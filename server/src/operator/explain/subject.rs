//! Finds the address and the account that are explained, from either of them.

use crate::operator::account::{AccountArgument, legacy_accounts, migrated_accounts, sources};
use crate::store::{LegacyValues, Records, Store, StoreError};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::account::UnreadableAccount;
use shared::legacy::{LegacyAccount, StoredList};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// The subject of one explanation.
pub(super) enum Subject {
    /// A person with this address, and the account if it is known.
    Address(NormalizedEmail, Option<KnownAccount>),
    /// An account whose address is not known.
    Account(Uuid),
    /// A legacy account that no address leads to.
    WithoutAddress(LegacyOwner, UnreadableAccount),
}

pub(super) struct KnownAccount {
    pub(super) id: Uuid,
    pub(super) evidence: Evidence,
}

/// Why an account is taken for the one of an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The operator named it.
    Named,
    /// The account asked to migrate from a legacy account with the address.
    Migration,
    /// The account's list has collections of a legacy account with the address, by their ids, as
    /// gn-auth copies them. This is no proof, because ids are not secret.
    Copies,
}

pub(super) async fn find(
    store: &Store,
    named: &AccountArgument,
    account: Option<Uuid>,
) -> Result<Vec<Subject>, StoreError> {
    let id = match named {
        AccountArgument::Address(email) => return of_address(store, email, account).await,
        AccountArgument::Id(id) => *id,
    };
    let field = LegacyOwner::new(id.to_string());
    if let Some(record) = store.legacy_record(&field).await? {
        return match LegacyAccount::read(field.as_str(), &record) {
            Ok(legacy) => of_address(store, &legacy.normalized, account).await,
            Err(reason) => Ok(vec![Subject::WithoutAddress(field, reason)]),
        };
    }
    let mut subjects = Vec::new();
    for email in addresses(store, id).await?.into_values() {
        let evidence = Evidence::Named;
        subjects.push(Subject::Address(email, Some(KnownAccount { id, evidence })));
    }
    if subjects.is_empty() {
        subjects.push(Subject::Account(id));
    }
    Ok(subjects)
}

/// Finds the accounts of an address: the named one, else those that migrated, else those with
/// copies.
async fn of_address(
    store: &Store,
    email: &NormalizedEmail,
    account: Option<Uuid>,
) -> Result<Vec<Subject>, StoreError> {
    let subject =
        |id, evidence| Subject::Address(email.clone(), Some(KnownAccount { id, evidence }));
    if let Some(id) = account {
        return Ok(vec![subject(id, Evidence::Named)]);
    }
    let legacy = legacy_accounts(store, None, email).await?;
    let owners = legacy.iter().map(|values| values.owner.clone()).collect();
    let mut accounts = migrated_accounts(store, &owners).await?;
    let mut evidence = Evidence::Migration;
    if accounts.is_empty() {
        accounts = accounts_with_copies(store, &legacy).await?;
        evidence = Evidence::Copies;
    }
    let mut subjects: Vec<Subject> = accounts
        .into_iter()
        .map(|id| subject(id, evidence))
        .collect();
    if subjects.is_empty() {
        subjects.push(Subject::Address(email.clone(), None));
    }
    Ok(subjects)
}

/// The addresses of the legacy accounts that this account asked to migrate from.
async fn addresses(
    store: &Store,
    account: Uuid,
) -> Result<BTreeMap<String, NormalizedEmail>, StoreError> {
    let account = account.to_string();
    let mut owners = BTreeSet::new();
    let mut page = store.audit(None).await?;
    while let Some(last) = page.last {
        let own = page
            .entries
            .iter()
            .filter(|entry| entry.field("kind") == "migration" && entry.field("to") == account);
        owners.extend(own.flat_map(sources));
        page = store.audit(Some(&last)).await?;
    }
    let mut addresses = BTreeMap::new();
    for owner in owners {
        let record = store.legacy_record(&owner).await?.unwrap_or_default();
        if let Ok(legacy) = LegacyAccount::read(owner.as_str(), &record) {
            addresses.insert(legacy.normalized.as_str().to_owned(), legacy.normalized);
        }
    }
    Ok(addresses)
}

async fn accounts_with_copies(
    store: &Store,
    legacy: &[LegacyValues],
) -> Result<BTreeSet<Uuid>, StoreError> {
    let lists = legacy.iter().filter_map(|values| values.list.as_deref());
    let originals: HashSet<Uuid> = lists.flat_map(collection_ids).collect();
    let mut accounts = BTreeSet::new();
    if originals.is_empty() {
        return Ok(accounts);
    }
    let mut cursor = 0;
    loop {
        let step = store.step(Records::Collections, cursor).await?;
        let with_copies = step.records.iter().filter(|(_, list)| {
            let mut ids = collection_ids(list).into_iter();
            ids.any(|id| originals.contains(&id))
        });
        accounts.extend(with_copies.filter_map(|(owner, _)| Uuid::try_parse_ascii(owner).ok()));
        cursor = step.next;
        if cursor == 0 {
            return Ok(accounts);
        }
    }
}

/// The ids of the readable collections of a list.
fn collection_ids(list: &[u8]) -> Vec<Uuid> {
    let list = StoredList::read(Some(list)).unwrap_or_default();
    list.collections()
        .filter_map(|collection| collection.id)
        .collect()
}
