//! Anonymous sessions of GN2.

use super::keys::Keys;
use super::{Store, StoreError, Watched};
use shared::ids::LegacyOwner;
use shared::legacy::account;
use uuid::Uuid;

/// Answer of one HSCAN step: the next cursor, and fields with their values.
type ScanStep = (u64, Vec<(Vec<u8>, Vec<u8>)>);

/// Fields asked for per HSCAN step: few enough that Redis serves others in between.
const STEP: u32 = 1_000;

impl Store {
    /// The anonymous user of a session that its visitor has proven; `None` if the session is over, or
    /// names the id of an account: those collections are the account's.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
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

    /// Whether an account lies under this id, or names it as its own. Few people come with such a session,
    /// so their request walks over the accounts itself.
    async fn belongs_to_account(&self, id: &LegacyOwner) -> Result<bool, StoreError> {
        let mut exists = redis::cmd("HEXISTS");
        exists.arg(self.keys.users()).arg(id.as_str());
        if self.connection.query(&exists).await? {
            return Ok(true);
        }
        let mut cursor = 0_u64;
        loop {
            let mut scan = redis::cmd("HSCAN");
            scan.arg(self.keys.users())
                .arg(cursor)
                .arg("COUNT")
                .arg(STEP);
            let (next, records): ScanStep = self.connection.query(&scan).await?;
            let named = |(_, record): &(Vec<u8>, Vec<u8>)| account::named_id(record);
            if records.iter().filter_map(named).any(|named| named == *id) {
                return Ok(true);
            }
            if next == 0 {
                return Ok(false);
            }
            cursor = next;
        }
    }

    /// The list stored under a legacy or anonymous id, read where it is watched, if it is.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn legacy_list(
        &self,
        owner: &LegacyOwner,
        watched: Option<&mut Watched>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::pipe();
        get.hget(self.keys.legacy_collections(), owner.as_str());
        let [list]: [Option<Vec<u8>>; 1] = match watched {
            Some(watched) => Box::pin(watched.pipeline(get)).await?,
            None => self.connection.pipeline(&get).await?,
        };
        Ok(list)
    }
}
