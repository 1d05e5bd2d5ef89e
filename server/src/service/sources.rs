//! What a transfer would be planned on, as it is stored now.

use super::clock::now;
use super::transfers::TransferError;
use crate::auth::VerifiedUser;
use crate::store::{Store, Watched};
use shared::api::LocalCollection;
use shared::transfer::{Source, TransferInput, anonymous};
use uuid::Uuid;

/// Where the collections of a transfer come from.
pub enum Origin<'a> {
    /// The legacy accounts with the user's proven address.
    Legacy,
    /// What the browser sent.
    Browser(&'a [LocalCollection]),
    /// An anonymous session of GN2; `None` if none is proven.
    Session(Option<Uuid>),
}

/// Reads everything a plan for this user and origin depends on, where it is watched, if it is.
///
/// # Errors
/// [`TransferError::EmailNotVerified`] before anything legacy is looked at, or a failing store.
pub async fn read(
    store: &Store,
    user: &VerifiedUser,
    origin: &Origin<'_>,
    mut watched: Option<&mut Watched>,
) -> Result<TransferInput, TransferError> {
    let owner = user.user_id;
    let (target, sources) = match origin {
        Origin::Legacy => legacy(store, user, watched).await?,
        Origin::Browser(collections) => (
            store.list_by(owner, watched).await?,
            vec![anonymous::source(collections)],
        ),
        Origin::Session(session) => (
            store.list_by(owner, watched.as_deref_mut()).await?,
            anonymous_session(store, *session, watched).await?,
        ),
    };
    Ok(TransferInput {
        owner: user.user_id,
        target,
        sources,
        now: now(),
    })
}

/// How many bytes the lists have that a plan on this input reads.
pub(super) fn bytes(input: &TransferInput) -> usize {
    let sources = input.sources.iter().map(|source| source.list.as_ref());
    let lists = sources.chain([input.target.as_ref()]).flatten();
    lists.map(Vec::len).sum()
}

/// The list of an anonymous session, if it is proven, still there, and nobody's account.
async fn anonymous_session(
    store: &Store,
    session: Option<Uuid>,
    watched: Option<&mut Watched>,
) -> Result<Vec<Source>, TransferError> {
    let Some(session) = session else {
        return Ok(Vec::new());
    };
    let Some(owner) = store.anonymous_owner(session).await? else {
        return Ok(Vec::new());
    };
    let list = store.legacy_list(&owner, watched).await?;
    let source = list.map(|list| Source {
        owner: Some(owner),
        list: Some(list),
        ..Source::default()
    });
    Ok(source.into_iter().collect())
}

async fn legacy(
    store: &Store,
    user: &VerifiedUser,
    watched: Option<&mut Watched>,
) -> Result<(Option<Vec<u8>>, Vec<Source>), TransferError> {
    let email = user.proven_email().ok_or(TransferError::EmailNotVerified)?;
    let values = store
        .migration_values(user.user_id, &email, watched)
        .await?;
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
