//! From reading to storing: what is large is watched in between.

use super::apart::{apart, blocking};
use crate::store::{Commit, Committed, Purpose, Store, StoreError, Watched};
use uuid::Uuid;

/// Something that is worked out and only has to be stored.
pub(super) trait Ready: Send + 'static {
    /// What is compared and written.
    fn commit(&self) -> Commit<'_>;
}

/// What something is decided on.
pub(super) trait Reading: Sync {
    /// What is found.
    type Found: Send;
    /// Why it cannot be read, or decided on.
    type Error: Send;

    /// Reads it where it is watched, if it is.
    fn read(
        &self,
        watched: Option<&mut Watched>,
    ) -> impl Future<Output = Result<Self::Found, Self::Error>> + Send;

    /// How many bytes were found.
    fn bytes(found: &Self::Found) -> usize;
}

/// Reads what is decided on. Where the owner's lists are large, they are watched from before on.
pub(super) async fn read<R: Reading>(
    store: &Store,
    owner: Uuid,
    purpose: Purpose<'_>,
    reading: &R,
) -> Result<(R::Found, Option<Watched>), R::Error> {
    let mut unwatched = None;
    if !store.is_large(owner) {
        let found = reading.read(None).await?;
        if R::bytes(&found) < store.large() {
            return Ok((found, None));
        }
        unwatched = Some(found);
    }
    let mut watched = store.watch(owner, purpose).await;
    match unwatched {
        Some(found) if watched.is_none() => Ok((found, None)),
        _ => Ok((reading.read(watched.as_mut()).await?, watched)),
    }
}

/// Stores it, on the connection where what it was decided on is watched, if it is, or else by the script.
pub(super) async fn store<R: Ready>(
    store: &Store,
    ready: R,
    watched: Option<Watched>,
) -> Result<(R, Committed), StoreError> {
    let mut ready = ready;
    if let Some(watched) = watched {
        let stored = blocking(move || {
            let committed = watched.commit(&ready.commit());
            (ready, committed)
        });
        let committed;
        (ready, committed) = stored.await;
        if let Some(committed) = committed? {
            return Ok((ready, committed));
        }
    }
    let (bytes, this) = (ready.commit().bytes(), store.clone());
    let (ready, prepared) = apart(bytes, move || {
        let prepared = this.prepare(&ready.commit());
        (ready, prepared)
    })
    .await;
    Ok((ready, store.commit(&prepared).await?))
}
