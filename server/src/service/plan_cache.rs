//! Recent plans of migrations. People look at their offer again and again while nothing changes.
//!
//! A plan is a function of the raw values it is made from. These are read each time, and the cached
//! plan is the answer only if every byte is the same, so an outdated plan cannot be shown.

use super::transfer_error::TransferError;
use super::transfer_sources::{TransferOrigin, read_transfer_input};
use crate::auth::VerifiedUser;
use crate::blocking::run_blocking;
use crate::store::{Store, StoreError};
use bytes::Bytes;
use moka::future::Cache;
use shared::transfer::{TransferInput, TransferPlan};
use std::sync::Arc;
use uuid::Uuid;

/// Plans on this many bytes or more are not cached.
const MAX_INPUT_BYTES: usize = 128 * 1024;

/// The plans of this process, by account.
#[derive(Clone)]
pub struct PlanCache(Cache<Uuid, Arc<CachedPlan>>);

pub struct CachedPlan {
    input: TransferInput,
    json: Bytes,
    /// The ids of the legacy accounts in the plan, separated by spaces.
    legacy_accounts: String,
}

impl CachedPlan {
    /// The plan as JSON.
    pub fn json(&self) -> Bytes {
        self.json.clone()
    }

    pub fn legacy_accounts(&self) -> &str {
        &self.legacy_accounts
    }
}

impl PlanCache {
    /// `capacity` is in bytes, values and plans together. The least used plans are evicted first.
    pub fn new(capacity: u64) -> Self {
        let weight = |_: &Uuid, cached: &Arc<CachedPlan>| {
            u32::try_from(cached.input.bytes() + cached.json.len()).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .max_capacity(capacity)
                .weigher(weight)
                .build(),
        )
    }

    /// Returns the plan of a migration of this user's legacy accounts.
    pub async fn migration_plan(
        &self,
        store: &Store,
        user: &VerifiedUser,
    ) -> Result<Arc<CachedPlan>, TransferError> {
        let input = read_transfer_input(store, user, &TransferOrigin::LegacyAccounts).await?;
        let cached = self.0.get(&user.user_id).await;
        if let Some(cached) = cached.filter(|cached| gives_same_plan(&cached.input, &input)) {
            return Ok(cached);
        }
        let bytes = input.bytes();
        let planned = run_blocking(bytes, move || {
            let plan = TransferPlan::new(&input)?.plan;
            let json = serde_json::to_vec(&plan).map_err(StoreError::from)?.into();
            let accounts = plan.accounts.iter();
            let ids = accounts.filter_map(|account| account.legacy_user_id.as_deref());
            Ok::<_, TransferError>(CachedPlan {
                input,
                json,
                legacy_accounts: ids.collect::<Vec<_>>().join(" "),
            })
        });
        let planned = Arc::new(planned.await?);
        if bytes < MAX_INPUT_BYTES {
            self.0.insert(user.user_id, Arc::clone(&planned)).await;
        }
        Ok(planned)
    }
}

/// Compares everything but the time, which plays no part in a plan.
fn gives_same_plan(one: &TransferInput, other: &TransferInput) -> bool {
    (one.owner, &one.target, &one.sources, &one.earlier)
        == (other.owner, &other.target, &other.sources, &other.earlier)
}
