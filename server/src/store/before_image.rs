//! The values before a transfer, as `commit.lua` keeps them for undo, and as they are now.

use super::{Store, StoreError};
use shared::edit::delete::Kept;
use shared::ids::LegacyOwner;
use shared::transfer::undo::{ChangedValue, Place};
use std::collections::HashMap;
use uuid::Uuid;

/// Who received: the second name where the image keeps large values apart.
const OWNER: [&str; 2] = ["owner", "owner_apart"];

/// A change that an image keeps, and where it lies.
struct KeptChange {
    number: usize,
    hash: String,
    field: String,
    /// Whether the value before is a key of its own.
    apart: bool,
    value: ChangedValue,
}

impl Store {
    /// The values that a transfer of this owner changed, before and now; `None` once the before-image
    /// has expired.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn changed_values(
        &self,
        owner: Uuid,
        receipt: Uuid,
    ) -> Result<Option<Vec<ChangedValue>>, StoreError> {
        let mut all = redis::cmd("HGETALL");
        all.arg(self.keys.before_image(receipt));
        // What it keeps may be large.
        let mut image: HashMap<String, Vec<u8>> = self.connection.query_aside(&all).await?;
        let named = OWNER.iter().find_map(|name| image.remove(*name));
        if text(named) != Some(owner.to_string()) {
            return Ok(None);
        }
        let mut changes = self.changes(&mut image);
        let mut reads = redis::pipe();
        for change in &changes {
            reads.hget(&change.hash, &change.field);
            if change.apart {
                reads.get(self.keys.kept_apart(receipt, change.number));
            }
        }
        let values: Vec<Option<Vec<u8>>> = self.connection.pipeline_aside(&reads).await?;
        let mut values = values.into_iter();
        for change in &mut changes {
            change.value.current = values.next().flatten();
            if change.apart {
                change.value.before = values.next().flatten();
                if change.value.before.is_none() {
                    return Ok(None);
                }
            }
        }
        Ok(Some(
            changes.into_iter().map(|change| change.value).collect(),
        ))
    }

    /// The account whose receipt this is; `None` once the before-image has expired.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn receipt_owner(&self, receipt: Uuid) -> Result<Option<Uuid>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.before_image(receipt)).arg(&OWNER);
        let owners: Vec<Option<Vec<u8>>> = self.connection.query(&get).await?;
        let owner = owners.into_iter().flatten().next();
        Ok(text(owner).and_then(|owner| Uuid::parse_str(&owner).ok()))
    }

    /// What is kept of a collection that this owner deleted; `None` once it has expired.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn kept(&self, owner: Uuid, receipt: Uuid) -> Result<Option<Kept>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.before_image(receipt))
            .arg("owner")
            .arg("change:1:removed")
            .arg("change:1:offset")
            .arg("change:1:after_sha256");
        let image: [Option<Vec<u8>>; 4] = self.connection.query(&get).await?;
        let [found, removed, offset, after] = image;
        if text(found) != Some(owner.to_string()) {
            return Ok(None);
        }
        let offset = text(offset).and_then(|offset| offset.parse().ok());
        Ok(removed
            .zip(offset)
            .zip(text(after))
            .map(|((removed, offset), after)| Kept {
                removed,
                offset,
                after,
            }))
    }

    /// The changes of an image.
    fn changes(&self, image: &mut HashMap<String, Vec<u8>>) -> Vec<KeptChange> {
        // Values that were only compared are numbered too, but not in the image.
        let mut numbers: Vec<usize> = image
            .keys()
            .filter_map(|name| {
                name.strip_prefix("change:")?
                    .strip_suffix(":hash")?
                    .parse()
                    .ok()
            })
            .collect();
        numbers.sort_unstable();
        let mut part = |number: usize, name: &str| image.remove(&format!("change:{number}:{name}"));
        numbers
            .into_iter()
            .filter_map(|number| {
                let hash = text(part(number, "hash"))?;
                let field = text(part(number, "field"))?;
                let value = ChangedValue {
                    place: self.place(&hash, &field)?,
                    before: part(number, "before"),
                    after: text(part(number, "after_sha256")),
                    current: None,
                };
                Some(KeptChange {
                    number,
                    apart: part(number, "apart").is_some(),
                    hash,
                    field,
                    value,
                })
            })
            .collect()
    }

    fn place(&self, hash: &str, field: &str) -> Option<Place> {
        if hash == self.keys.collections() {
            Some(Place::Target)
        } else if hash == self.keys.legacy_collections() {
            Some(Place::Source(LegacyOwner::new(field)))
        } else if hash == self.keys.migratable() {
            Some(Place::Flag(field.to_owned()))
        } else {
            None
        }
    }
}

fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    String::from_utf8(bytes?).ok()
}
