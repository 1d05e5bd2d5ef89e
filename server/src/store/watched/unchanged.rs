//! What was read before, read again and compared, once somebody has written to what is watched.

use super::{Watched, watch};
use crate::store::StoreError;
use crate::store::before_image::understand_kept;
use crate::store::commit::{Commit, Undoes};
use redis::{Connection, FromRedisValue, Pipeline, RedisResult};

impl Watched {
    /// Watches again, and compares every value with what was decided on.
    pub(super) fn is_as_planned(&mut self, commit: &Commit<'_>) -> Result<bool, StoreError> {
        let connection = self.connection.as_mut().ok_or(StoreError::NoAnswer)?;
        watch(&self.keys, connection)?;
        for change in &commit.changes {
            let mut get = redis::pipe();
            get.hget(
                self.store.hash_key(commit, change.hash).as_ref(),
                change.field,
            );
            let [current]: [Option<Vec<u8>>; 1] = ask(connection, &get)?;
            if current.as_deref() != change.planned {
                return Ok(false);
            }
        }
        match commit.undoes {
            None => Ok(true),
            Some(undoes) => Ok(self.image_is_as_read(commit, undoes)?),
        }
    }

    /// Compares what an undo was decided on. Nobody writes to an image once it is made, but it may be over.
    fn image_is_as_read(&mut self, commit: &Commit<'_>, undoes: Undoes<'_>) -> RedisResult<bool> {
        let Some(connection) = self.connection.as_mut() else {
            return Ok(false);
        };
        let store = &self.store;
        match undoes {
            Undoes::Deletion(receipt, read) => {
                let found = ask(connection, &store.read_kept(receipt))?;
                let kept = understand_kept(commit.owner, found);
                Ok(kept.as_ref() == Some(read))
            }
            Undoes::Transfer(receipt, read) => {
                let [image] = ask(connection, &store.read_image(receipt))?;
                let Some(changes) = store.understand_image(commit.owner, image) else {
                    return Ok(false);
                };
                let mut same = changes.len() == read.len();
                for (mut change, read) in changes.into_iter().zip(read) {
                    if let Some(key) = store.apart(receipt, &change) {
                        let mut get = redis::pipe();
                        get.get(key);
                        [change.value.before] = ask(connection, &get)?;
                    }
                    let value = &change.value;
                    same &= value.place == read.place
                        && value.before == read.before
                        && value.after == read.after;
                }
                Ok(same)
            }
        }
    }
}

fn ask<T: FromRedisValue>(connection: &mut Connection, reads: &Pipeline) -> RedisResult<T> {
    reads.query(connection)
}
