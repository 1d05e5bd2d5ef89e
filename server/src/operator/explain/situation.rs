//! Reads the situation of a person, and makes the plan that the server would show them.

use super::subject::{KnownAccount, Subject};
use crate::auth::VerifiedUser;
use crate::clock::now;
use crate::operator::OperatorError;
use crate::operator::account::legacy_accounts;
use crate::service::TransferError;
use crate::service::receipts;
use crate::service::transfer::plan_transfer;
use crate::service::transfer_sources::TransferOrigin;
use crate::store::{LegacyValues, Store};
use shared::api::{Plan, Receipt};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::account::{UnreadableAccount, user_id};
use shared::legacy::{StoredList, UnreadableList, flag};
use shared::timestamp::Timestamp;
use uuid::Uuid;

pub(super) enum Situation {
    Person {
        address: NormalizedEmail,
        account: Option<(KnownAccount, AccountContent)>,
        legacy: Vec<LegacySituation>,
        /// An error if nothing can be offered, because the account's own list is unreadable.
        plan: Result<Plan, UnreadableList>,
        now: Timestamp,
    },
    Account {
        id: Uuid,
        content: AccountContent,
        now: Timestamp,
    },
    WithoutAddress {
        owner: LegacyOwner,
        reason: UnreadableAccount,
        list: ListContent,
    },
}

/// The collections and receipts of an account.
pub(super) struct AccountContent {
    pub(super) list: ListContent,
    /// Newest first.
    pub(super) receipts: Vec<Receipt>,
}

pub(super) struct LegacySituation {
    pub(super) owner: LegacyOwner,
    /// The address exactly as stored, if there is one.
    pub(super) spelling: Option<String>,
    /// Whether the person has the account by a claim, and not by its address.
    pub(super) is_claimed: bool,
    pub(super) is_confirmed: bool,
    pub(super) list: ListContent,
    pub(super) flag: FlagContent,
}

pub(super) enum ListContent {
    Absent,
    Entries {
        collections: usize,
        unreadable: usize,
    },
    Unreadable(UnreadableList),
}

/// gn-auth's record for the spelling of an address.
pub(super) enum FlagContent {
    Absent,
    Present {
        is_migrated: bool,
        /// The one legacy account that the record is about; `None` if it names none.
        names: Option<LegacyOwner>,
    },
}

impl Situation {
    pub(super) async fn read(store: &Store, subject: Subject) -> Result<Self, OperatorError> {
        Ok(match subject {
            Subject::Address(address, account) => Self::of_person(store, address, account).await?,
            Subject::Account(id) => Self::Account {
                id,
                content: AccountContent::read(store, id).await?,
                now: now(),
            },
            Subject::WithoutAddress(owner, reason) => Self::WithoutAddress {
                list: ListContent::of(store.legacy_list(&owner).await?.as_deref()),
                owner,
                reason,
            },
        })
    }

    async fn of_person(
        store: &Store,
        address: NormalizedEmail,
        account: Option<KnownAccount>,
    ) -> Result<Self, OperatorError> {
        let id = account.as_ref().map(|account| account.id);
        let legacy = legacy_accounts(store, id, &address).await?;
        // The plan is the one that the server makes once the auth server has verified the address.
        let user = VerifiedUser {
            user_id: id.unwrap_or_default(),
            email: address.as_str().to_owned(),
            email_verified: true,
            name: String::new(),
            group: None,
        };
        let plan = match plan_transfer(store, &user, &TransferOrigin::LegacyAccounts).await {
            Ok(plan) => Ok(plan),
            Err(TransferError::TargetUnreadable(reason)) => Err(reason),
            Err(error) => return Err(error.into()),
        };
        let account = match account {
            Some(known) => {
                let content = AccountContent::read(store, known.id).await?;
                Some((known, content))
            }
            None => None,
        };
        Ok(Self::Person {
            account,
            legacy: legacy
                .into_iter()
                .map(|values| LegacySituation::of(values, &address))
                .collect(),
            address,
            plan,
            now: now(),
        })
    }
}

impl AccountContent {
    async fn read(store: &Store, id: Uuid) -> Result<Self, OperatorError> {
        Ok(Self {
            list: ListContent::of(store.list(id).await?.as_deref()),
            receipts: receipts::list(store, id).await?,
        })
    }
}

impl LegacySituation {
    fn of(values: LegacyValues, address: &NormalizedEmail) -> Self {
        let own = values.email.as_deref().and_then(NormalizedEmail::parse);
        Self {
            is_claimed: own.as_ref() != Some(address),
            list: ListContent::of(values.list.as_deref()),
            flag: FlagContent::of(values.flag.as_deref()),
            owner: values.owner,
            spelling: values.email,
            is_confirmed: values.is_confirmed,
        }
    }
}

impl ListContent {
    fn of(list: Option<&[u8]>) -> Self {
        if list.is_none() {
            return Self::Absent;
        }
        match StoredList::read(list) {
            Ok(list) => {
                let collections = list.collections().count();
                Self::Entries {
                    collections,
                    unreadable: list.entries.len() - collections,
                }
            }
            Err(reason) => Self::Unreadable(reason),
        }
    }
}

impl FlagContent {
    fn of(record: Option<&[u8]>) -> Self {
        record.map_or(Self::Absent, |record| Self::Present {
            is_migrated: flag::collections_migrated(record),
            names: user_id(record),
        })
    }
}
