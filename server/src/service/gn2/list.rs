//! Reads collections with their members, in gn-auth's format. Reading writes nothing.

use crate::blocking::run_blocking;
use crate::clock::now;
use crate::service::{CollectionError, collections};
use crate::store::Store;
use serde::Serialize;
use shared::api::CollectionSummary;
use shared::edit::summary;
use shared::legacy::StoredList;
use shared::timestamp::Timestamp;
use uuid::Uuid;

/// A collection as gn-auth sends it.
#[derive(Serialize)]
pub struct Gn2Collection {
    id: Uuid,
    name: String,
    /// An HTTP date, as Flask writes dates.
    created: String,
    changed: String,
    num_members: u64,
    members: Vec<String>,
}

/// Returns the readable collections in stored order. gn-auth fails on a list with an unreadable
/// entry.
pub async fn list(store: &Store, owner: Uuid) -> Result<Vec<Gn2Collection>, CollectionError> {
    let list = store.list(owner).await?;
    let bytes = list.as_ref().map_or(0, Vec::len);
    run_blocking(bytes, move || read(list.as_deref(), now())).await
}

pub async fn one(store: &Store, owner: Uuid, id: Uuid) -> Result<Gn2Collection, CollectionError> {
    let found = collections::one(store, owner, id).await?.value;
    Ok(Gn2Collection::new(found.summary, found.members))
}

fn read(list: Option<&[u8]>, now: Timestamp) -> Result<Vec<Gn2Collection>, CollectionError> {
    let stored = StoredList::read(list)?;
    let collections = stored.collections().filter_map(|collection| {
        let summary = summary(collection.id?, collection, now);
        let members = collection.members.iter();
        let members = members.map(|member| member.text().to_owned()).collect();
        Some(Gn2Collection::new(summary, members))
    });
    Ok(collections.collect())
}

impl Gn2Collection {
    fn new(summary: CollectionSummary, members: Vec<String>) -> Self {
        Self {
            id: summary.id,
            name: summary.name,
            created: summary.created.to_http_date(),
            changed: summary.changed.to_http_date(),
            num_members: summary.num_members,
            members,
        }
    }
}
