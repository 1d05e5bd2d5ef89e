//! Creates a collection.

use super::collections::{CollectionError, Versioned};
use super::edit::{EditContext, PreparedEdit};
use crate::clock::now;
use sha2::{Digest, Sha256};
use shared::api::{CollectionSummary, CreateCollection};
use shared::collection::hex;
use shared::edit;
use std::sync::Arc;
use uuid::Uuid;

/// Namespace of the ids of collections that are created under an idempotency key.
const ID_NAMESPACE: Uuid = Uuid::from_u128(0x9a51_3be0_7c2d_4f86_8e14_5d0b_a9f3_6c27);

/// Creates a collection. The same request with the same idempotency key finds the collection that
/// it created: the id is derived from both.
pub async fn create_collection(
    context: &EditContext<'_>,
    request: CreateCollection,
    idempotency_key: Option<&str>,
    payload: &[u8],
) -> Result<Versioned<CollectionSummary>, CollectionError> {
    let id = idempotency_key.map_or_else(Uuid::new_v4, |key| {
        let payload_hash = hex(&Sha256::digest(payload));
        let name = format!("{} {key} {payload_hash}", context.owner);
        Uuid::new_v5(&ID_NAMESPACE, name.as_bytes())
    });
    let request = Arc::new(request);
    let create = context.apply("create", id, move |stored| {
        edit::create(stored.list.as_deref(), id, &request, now()).map(PreparedEdit::from)
    });
    create.await
}
