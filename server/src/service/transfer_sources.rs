//! Reads the stored values that a transfer is planned on.

use super::earlier_results::with_earlier_results;
use super::transfer_error::TransferError;
use crate::auth::VerifiedUser;
use crate::clock::now;
use crate::store::Store;
use shared::api::LocalCollection;
use shared::flask_session::{SessionId, anonymous_id};
use shared::ids::LegacyOwner;
use shared::transfer::earlier::EarlierResults;
use shared::transfer::{Source, SourceHash, TransferInput, anonymous};
use uuid::Uuid;

/// The kind of source that a transfer takes collections from.
pub enum TransferOrigin {
    /// The legacy accounts with the user's proven address, and those that the user claimed.
    LegacyAccounts,
    /// Collections that the browser sent.
    Browser(Vec<LocalCollection>),
    /// Anonymous sessions of GN2.
    Sessions(ProvenSessions),
    /// The anonymous visitor whom GN2 names.
    Visitor(Uuid),
}

/// The anonymous sessions of GN2 that the signed cookies of a request prove.
#[derive(Default)]
pub struct ProvenSessions {
    /// A session of today's GN2, which may be signed in.
    pub flask: Option<SessionId>,
    /// A session of GN2 before it used gn-auth.
    pub older: Option<Uuid>,
}

/// Reads the input of a plan for this user and origin.
///
/// # Errors
/// [`TransferError::EmailNotVerified`] before anything legacy is read.
pub async fn read_transfer_input(
    store: &Store,
    user: &VerifiedUser,
    origin: &TransferOrigin,
) -> Result<TransferInput, TransferError> {
    let owner = user.user_id;
    let (target, sources) = match origin {
        TransferOrigin::LegacyAccounts => legacy_accounts(store, user).await?,
        TransferOrigin::Browser(collections) => (
            store.list(owner).await?,
            vec![anonymous::source(collections)],
        ),
        TransferOrigin::Sessions(sessions) => (
            store.list(owner).await?,
            anonymous_sessions(store, owner, sessions).await?,
        ),
        TransferOrigin::Visitor(visitor) => {
            let source = visitor_list(store, owner, *visitor).await?;
            (store.list(owner).await?, source.into_iter().collect())
        }
    };
    let input = TransferInput {
        owner,
        target,
        sources,
        earlier: EarlierResults::default(),
        now: now(),
    };
    let mut input = match origin {
        TransferOrigin::LegacyAccounts => with_earlier_results(store, input).await?,
        TransferOrigin::Browser(_) | TransferOrigin::Sessions(_) | TransferOrigin::Visitor(_) => {
            input
        }
    };
    // An account without a list has nothing to show.
    input.sources.retain(|source| source.list.is_some());
    Ok(input)
}

/// Reads the lists of anonymous sessions that have not ended, unless they are an account's.
async fn anonymous_sessions(
    store: &Store,
    user: Uuid,
    sessions: &ProvenSessions,
) -> Result<Vec<Source>, TransferError> {
    let mut sources = Vec::new();
    if let Some(session) = &sessions.flask
        && let Some(id) = flask_session_id(store, session).await?
        && let Some(source) = visitor_list(store, user, id).await?
    {
        sources.push(source);
    }
    if let Some(session) = sessions.older
        && let Some(owner) = store.anonymous_owner(session).await?
        // A receipt names a source by its owner alone, so two sources cannot have the same one.
        && sources.iter().all(|source| source.owner.as_ref() != Some(&owner))
        && let Some(list) = store.legacy_list(&owner).await?
    {
        sources.push(Source {
            owner: Some(owner),
            list: Some(list),
            ..Source::default()
        });
    }
    Ok(sources)
}

/// Reads the list of an anonymous visitor of today's GN2.
async fn visitor_list(
    store: &Store,
    user: Uuid,
    visitor: Uuid,
) -> Result<Option<Source>, TransferError> {
    // The list under the user's own id is the target.
    if visitor == user {
        return Ok(None);
    }
    let list = store.list(visitor).await?;
    Ok(list.map(|list| Source {
        owner: Some(LegacyOwner::new(visitor.to_string())),
        hash: SourceHash::Collections,
        list: Some(list),
        ..Source::default()
    }))
}

/// Returns the id of the anonymous collections of a session of today's GN2.
async fn flask_session_id(
    store: &Store,
    session: &SessionId,
) -> Result<Option<Uuid>, TransferError> {
    let Some(stored) = store.flask_session(session).await? else {
        return Ok(None);
    };
    let id = anonymous_id(&stored).unwrap_or_else(|error| {
        tracing::warn!(%error, "a session of GN2 cannot be read");
        None
    });
    let Some(id) = id else {
        return Ok(None);
    };
    let is_account = store
        .belongs_to_account(&LegacyOwner::new(id.to_string()))
        .await?;
    Ok(Some(id).filter(|_| !is_account))
}

async fn legacy_accounts(
    store: &Store,
    user: &VerifiedUser,
) -> Result<(Option<Vec<u8>>, Vec<Source>), TransferError> {
    let email = user.proven_email().ok_or(TransferError::EmailNotVerified)?;
    let values = store.migration_values(user.user_id, &email).await?;
    let sources = values
        .sources
        .into_iter()
        .map(|source| Source {
            owner: Some(source.owner),
            email: source.email,
            full_name: source.full_name,
            list: source.list,
            flag: source.flag,
            ..Source::default()
        })
        .collect();
    Ok((values.target, sources))
}
