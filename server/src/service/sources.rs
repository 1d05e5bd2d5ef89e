//! What a transfer would be planned on, as it is stored now.

use super::clock::now;
use super::transfers::TransferError;
use crate::auth::VerifiedUser;
use crate::store::Store;
use shared::api::LocalCollection;
use shared::ids::LegacyOwner;
use shared::transfer::{Source, TransferInput, anonymous};

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
    let values = store.migration_values(user.user_id, &email).await?;
    let sources = values
        .sources
        .into_iter()
        // An account without any list has nothing to show.
        .filter(|source| source.list.is_some())
        .map(|source| Source {
            owner: Some(source.owner),
            email: Some(source.email),
            full_name: source.full_name,
            list: source.list,
            flag: source.flag,
        })
        .collect();
    Ok((values.target, sources))
}
