//! Plans that were made lately. People look at their offer again and again, while nothing changes.
//!
//! A plan is a function of the raw values it is made from. Those are read each time, and only if every byte is the same is
//! the plan of last time the answer: an outdated one cannot be shown.

use super::apart::apart;
use super::sources::{self, Origin};
use super::transfers::TransferError;
use crate::auth::VerifiedUser;
use crate::store::Store;
use bytes::Bytes;
use moka::future::Cache;
use shared::transfer::{TransferInput, TransferPlan};
use std::sync::Arc;
use uuid::Uuid;

/// Values from so many bytes on are not kept.
const LARGE: usize = 128 * 1024;

/// The plans of this process, by account.
#[derive(Clone)]
pub struct Plans(Cache<Uuid, Arc<Made>>);

/// A plan and what it was made from.
struct Made {
    input: TransferInput,
    json: Bytes,
}

impl Plans {
    /// Keeps so many bytes at most, values and plans together; the least used go first.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Uuid, made: &Arc<Made>| {
            u32::try_from(sources::bytes(&made.input) + made.json.len()).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes).weigher(weight).build())
    }

    /// What a migration of this user's legacy accounts would do now, as JSON.
    ///
    /// # Errors
    /// [`TransferError`]; nothing is changed in any case.
    pub async fn legacy(&self, store: &Store, user: &VerifiedUser) -> Result<Bytes, TransferError> {
        let input = sources::read(store, user, &Origin::Legacy, None).await?;
        let known = self.0.get(&user.user_id).await;
        if let Some(made) = known.filter(|made| is_same(&made.input, &input)) {
            return Ok(made.json.clone());
        }
        let bytes = sources::bytes(&input);
        let made = apart(bytes, move || {
            let plan = TransferPlan::new(&input)?.plan;
            let json = serde_json::to_vec(&plan).map_err(crate::store::StoreError::from)?;
            let json = Bytes::from(json);
            Ok::<_, TransferError>(Made { input, json })
        });
        let made = Arc::new(made.await?);
        let json = made.json.clone();
        if bytes < LARGE {
            self.0.insert(user.user_id, made).await;
        }
        Ok(json)
    }
}

/// Whether a plan made from the one is a plan made from the other. The time plays no part in it.
fn is_same(one: &TransferInput, other: &TransferInput) -> bool {
    (one.owner, &one.target, &one.sources) == (other.owner, &other.target, &other.sources)
}
