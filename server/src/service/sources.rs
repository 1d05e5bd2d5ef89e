//! What a transfer would be planned on, as it is stored now.

use super::clock::now;
use super::transfers::TransferError;
use crate::auth::VerifiedUser;
use crate::store::Store;
use shared::api::LocalCollection;
use shared::ids::LegacyOwner;
use shared::legacy::LegacyAccount;
use shared::transfer::{Source, TransferInput, anonymous};
use std::collections::BTreeSet;

/// Where the collections of a transfer come from.
pub enum Origin<'a> {
    /// The legacy accounts with the user's proven address.
    Legacy,
    /// What the browser sent.
    Browser(&'a [LocalCollection]),
    /// An anonymous session of GN2; `None` if none is proven.
    Session(Option<LegacyOwner>),
}

/// Reads everything a plan for this user and origin depends on.
///
/// # Errors
/// [`TransferError::EmailNotVerified`] before anything legacy is looked at, or a failing store.
pub async fn read(
    store: &Store,
    user: &VerifiedUser,
    origin: &Origin<'_>,
) -> Result<TransferInput, TransferError> {
    let (target, sources) = match origin {
        Origin::Legacy => legacy(store, user).await?,
        Origin::Browser(collections) => (
            store.list(user.user_id).await?,
            vec![anonymous::source(collections)],
        ),
        Origin::Session(_) => (store.list(user.user_id).await?, Vec::new()),
    };
    Ok(TransferInput {
        owner: user.user_id,
        target,
        sources,
        now: now(),
    })
}

async fn legacy(
    store: &Store,
    user: &VerifiedUser,
) -> Result<(Option<Vec<u8>>, Vec<Source>), TransferError> {
    let email = user.proven_email().ok_or(TransferError::EmailNotVerified)?;
    let accounts = store.legacy_accounts(&email).await?;
    let lists = owners(&accounts);
    let keys: Vec<(LegacyOwner, String)> = lists
        .iter()
        .map(|(owner, account)| (owner.clone(), account.email.clone()))
        .collect();
    let (target, values) = store.transfer_values(user.user_id, &keys).await?;
    let sources = lists
        .into_iter()
        .zip(values)
        .map(|((owner, account), values)| Source {
            owner: Some(owner),
            email: Some(account.email.clone()),
            full_name: account.full_name.clone(),
            list: values.list,
            flag: values.flag,
        })
        // An account without any list has nothing to show.
        .filter(|source| source.list.is_some())
        .collect();
    Ok((target, sources))
}

/// The owners under which these accounts' lists may lie, each once: the field of the account, and the
/// `user_id` in its record where that is another one.
fn owners(accounts: &[LegacyAccount]) -> Vec<(LegacyOwner, &LegacyAccount)> {
    let mut seen = BTreeSet::new();
    accounts
        .iter()
        .flat_map(|account| {
            [Some(account.field.clone()), account.other_id.clone()]
                .into_iter()
                .flatten()
                .map(move |owner| (owner, account))
        })
        .filter(|(owner, _)| seen.insert(owner.clone()))
        .collect()
}
