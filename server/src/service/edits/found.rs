//! What an edit is decided on, as it is stored now.

use crate::service::ready::Reading;
use crate::store::{Store, StoreError, Watched};
use uuid::Uuid;

/// The account's list, and the history of the collection that is concerned.
pub(super) struct Found {
    pub(super) list: Option<Vec<u8>>,
    /// `None` if there is none.
    pub(super) history: Option<Vec<u8>>,
}

/// Where it is read.
pub(super) struct Stored<'a> {
    pub(super) store: &'a Store,
    pub(super) owner: Uuid,
    /// The collection that is concerned, if it is there already.
    pub(super) collection: Option<Uuid>,
}

impl Reading for Stored<'_> {
    type Found = Found;
    type Error = StoreError;

    async fn read(&self, watched: Option<&mut Watched>) -> Result<Found, StoreError> {
        let Self { store, owner, .. } = *self;
        let (list, history) = match self.collection {
            Some(id) => store.list_and_history(owner, id, watched).await?,
            None => (store.list_by(owner, watched).await?, None),
        };
        Ok(Found { list, history })
    }

    fn bytes(found: &Found) -> usize {
        let values = [&found.list, &found.history].into_iter().flatten();
        values.map(Vec::len).sum()
    }
}
