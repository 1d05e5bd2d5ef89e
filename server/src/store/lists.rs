//! Stored lists and histories as raw values.

use super::{LEDGER, Store, StoreError, Watched};
use redis::{FromRedisValue, Pipeline};
use uuid::Uuid;

impl Store {
    /// An account's stored list.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn list(&self, owner: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        self.list_by(owner, None).await
    }

    /// The same, where it is watched, if it is.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn list_by(
        &self,
        owner: Uuid,
        watched: Option<&mut Watched>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let list: Option<Vec<u8>> = if let Some(watched) = watched {
            let mut get = redis::pipe();
            get.hget(self.keys.collections(), owner.to_string());
            let [list] = Box::pin(watched.pipeline(get)).await?;
            list
        } else {
            let mut get = redis::cmd("HGET");
            get.arg(self.keys.collections()).arg(owner.to_string());
            if self.is_large(owner) {
                self.connection.query_aside(&get).await?
            } else {
                self.connection.query(&get).await?
            }
        };
        self.note_size(owner, list.as_ref().map_or(0, Vec::len));
        Ok(list)
    }

    /// Reads where it is watched, or else where nobody waits behind what is large.
    pub(super) async fn read_lists<T: FromRedisValue + Send + 'static>(
        &self,
        owner: Uuid,
        reads: Pipeline,
        watched: Option<&mut Watched>,
    ) -> Result<T, StoreError> {
        match watched {
            // Apart, because it holds a connection: what everybody waits on is to stay small.
            Some(watched) => Box::pin(watched.pipeline(reads)).await,
            None if self.is_large(owner) => self.connection.pipeline_aside(&reads).await,
            None => self.connection.pipeline(&reads).await,
        }
    }

    /// Reads where it is watched, or else where nobody waits behind what may be large.
    pub(super) async fn read_aside<T: FromRedisValue + Send + 'static>(
        &self,
        reads: Pipeline,
        watched: Option<&mut Watched>,
    ) -> Result<T, StoreError> {
        match watched {
            Some(watched) => Box::pin(watched.pipeline(reads)).await,
            None => self.connection.pipeline_aside(&reads).await,
        }
    }

    /// An account's stored list, and the history of one of its collections, as they are at one instant, read where they are
    /// watched, if they are.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn list_and_history(
        &self,
        owner: Uuid,
        collection: Uuid,
        watched: Option<&mut Watched>,
    ) -> Result<(Option<Vec<u8>>, Option<Vec<u8>>), StoreError> {
        let mut both = redis::pipe();
        if watched.is_none() {
            // What is watched is at one instant if it is committed at all, and an EXEC would end the watching.
            both.atomic();
        }
        both.hget(self.keys.collections(), owner.to_string())
            .hget(self.keys.history(owner, collection), LEDGER);
        let (list, history): (Option<Vec<u8>>, Option<Vec<u8>>) =
            self.read_lists(owner, both, watched).await?;
        self.note_size(owner, list.as_ref().map_or(0, Vec::len));
        Ok((list, history))
    }
}
