//! Reads stored lists, histories and notes as raw values.

use super::script::Script;
use super::{HISTORY_FIELD, Store, StoreError};
use shared::ids::LegacyOwner;
use std::sync::LazyLock;
use uuid::Uuid;

/// Reads a field of each of several hashes at one instant.
static READ_ALL: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local values = {} \
         for i, key in ipairs(KEYS) do values[i] = redis.call('HGET', key, ARGV[i]) end \
         return values",
    )
});

/// The stored values of one collection, as they are at one instant.
pub struct StoredValues {
    /// The list of the account.
    pub list: Option<Vec<u8>>,
    pub history: Option<Vec<u8>>,
    pub note: Option<String>,
}

impl Store {
    /// Reads the list of an account.
    pub async fn list(&self, owner: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::cmd("HGET");
        get.arg(self.keys.collections()).arg(owner.to_string());
        self.connection.query(&get).await
    }

    /// Reads the list of a legacy account or an anonymous visitor.
    pub async fn legacy_list(&self, owner: &LegacyOwner) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::cmd("HGET");
        get.arg(self.keys.legacy_collections()).arg(owner.as_str());
        self.connection.query(&get).await
    }

    /// Reads the list of an account, and the history and the note of one of its collections.
    pub async fn stored_values(
        &self,
        owner: Uuid,
        collection: Uuid,
    ) -> Result<StoredValues, StoreError> {
        let mut call = READ_ALL.call(3, 0);
        call.arg(self.keys.collections())
            .arg(self.keys.history(owner, collection))
            .arg(self.keys.notes(owner))
            .arg(owner.to_string())
            .arg(HISTORY_FIELD)
            .arg(collection.to_string());
        let (list, history, note): (_, _, Option<Vec<u8>>) =
            self.connection.script(&call, 0).await?;
        Ok(StoredValues {
            list,
            history,
            note: note.map(text),
        })
    }

    /// Reads the list of an account and the notes of some of its collections.
    pub async fn list_and_notes(
        &self,
        owner: Uuid,
        collections: &[Uuid],
    ) -> Result<(Option<Vec<u8>>, Vec<Option<String>>), StoreError> {
        let mut call = READ_ALL.call(1 + collections.len(), 0);
        call.arg(self.keys.collections());
        for _ in collections {
            call.arg(self.keys.notes(owner));
        }
        call.arg(owner.to_string());
        for collection in collections {
            call.arg(collection.to_string());
        }
        let values: Vec<Option<Vec<u8>>> = self.connection.script(&call, 0).await?;
        let mut values = values.into_iter();
        let list = values.next().flatten();
        Ok((list, values.map(|note| note.map(text)).collect()))
    }

    /// Reads the list of an account and the note of one of its collections.
    pub async fn list_and_note(
        &self,
        owner: Uuid,
        collection: Uuid,
    ) -> Result<(Option<Vec<u8>>, Option<String>), StoreError> {
        let (list, notes) = self.list_and_notes(owner, &[collection]).await?;
        Ok((list, notes.into_iter().next().flatten()))
    }
}

/// A note as text. We write only text.
fn text(note: Vec<u8>) -> String {
    String::from_utf8(note)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
