//! Anonymous sessions of GN2.

use super::keys::Keys;
use super::{Store, StoreError};
use shared::flask_session::{MAX_BYTES, SessionId};
use shared::ids::LegacyOwner;
use shared::legacy::account;
use uuid::Uuid;

impl Store {
    /// Reads a session of today's GN2 whose cookie was verified; `None` if it has ended. Of a
    /// session that is too large, one byte more than allowed is read.
    pub async fn flask_session(&self, session: &SessionId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::cmd("GETRANGE");
        get.arg(self.keys.flask_session(session))
            .arg(0)
            .arg(MAX_BYTES);
        let stored: Vec<u8> = self.connection.query(&get).await?;
        Ok(Some(stored).filter(|stored| !stored.is_empty()))
    }

    /// Returns the anonymous user of an older session whose cookie was verified. Returns `None` if
    /// the session has ended, or if it names the id of an account, which owns the collections then.
    pub async fn anonymous_owner(&self, session: Uuid) -> Result<Option<LegacyOwner>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(Keys::anonymous_session(session))
            .arg("user_id")
            .arg("user_type");
        let (id, kind): (Option<Vec<u8>>, Option<Vec<u8>>) = self.connection.query(&get).await?;
        let id = id.and_then(|id| String::from_utf8(id).ok());
        let id = id.filter(|id| !id.is_empty() && kind.as_deref() == Some(b"anon"));
        let Some(owner) = id.map(LegacyOwner::new) else {
            return Ok(None);
        };
        let taken = self.belongs_to_account(&owner).await?;
        Ok((!taken).then_some(owner))
    }

    /// Whether the id belongs to a legacy account: as its field, or as the `user_id` in its record.
    /// The index proposes the records that name it, and the records that are read here decide.
    pub async fn belongs_to_account(&self, id: &LegacyOwner) -> Result<bool, StoreError> {
        let index = self.legacy_index.as_ref().ok_or(StoreError::NotIndexed)?;
        let mut reads = redis::pipe();
        reads
            .hexists(self.keys.users(), id.as_str())
            .hlen(self.keys.users());
        let (exists, records): (bool, u64) = self.connection.pipeline(&reads).await?;
        if exists {
            return Ok(true);
        }
        let fields = index.naming(id, records).await?;
        if fields.is_empty() {
            return Ok(false);
        }
        let mut reads = redis::pipe();
        for field in &fields {
            reads.hget(self.keys.users(), field.as_str());
        }
        let records: Vec<Option<Vec<u8>>> = self.connection.pipeline(&reads).await?;
        let mut named = records
            .iter()
            .flatten()
            .filter_map(|record| account::user_id(record));
        Ok(named.any(|named| named == *id))
    }
}
