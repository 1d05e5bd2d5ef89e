//! Reads before-images: the values that a commit replaced, kept for undo.
//!
//! An image is a hash. For the n-th change of its commit it has the fields `change:<n>:hash`,
//! `…:field`, `…:before` (the value before; absent if there was none) and `…:after_sha256` (absent
//! if the commit removed the value). For a deleted collection it has `…:removed` and `…:offset`
//! instead of `…:before`, and the note of that collection is the second change.
//!
//! Until November 2026, lists from 128 KiB on were stored by another protocol, which kept large
//! values as keys of their own: `change:<n>:apart` says that the value before is under
//! `<image>:<n>`, and the owner is in the field `owner_apart`. Such images expire 30 days after
//! they were written.

use super::{Store, StoreError};
use shared::edit::DeletedEntry;
use shared::ids::LegacyOwner;
use shared::transfer::SourceHash;
use shared::transfer::undo::{ChangedValue, ValueLocation};
use std::collections::HashMap;
use uuid::Uuid;

/// Fields that may hold the owner.
const OWNER_FIELDS: [&str; 2] = ["owner", "owner_apart"];

/// A change that an image describes, and where its value is stored.
struct ImageChange {
    hash: String,
    field: String,
    /// Key of the value before, if it is stored outside the image.
    before_key: Option<String>,
    /// Lacks the current value, and the one before if that is stored outside the image.
    value: ChangedValue,
}

impl Store {
    /// Returns the values that a transfer of this owner changed, before and now; `None` once the
    /// image has expired.
    pub async fn changed_values(
        &self,
        owner: Uuid,
        receipt: Uuid,
    ) -> Result<Option<Vec<ChangedValue>>, StoreError> {
        let mut get = redis::cmd("HGETALL");
        get.arg(self.keys.before_image(receipt));
        let mut image: HashMap<String, Vec<u8>> = self.connection.query(&get).await?;
        let image_owner = OWNER_FIELDS.iter().find_map(|name| image.remove(*name));
        if text(image_owner) != Some(owner.to_string()) {
            return Ok(None);
        }
        let mut changes = self.parse_image(owner, receipt, image);
        let mut reads = redis::pipe();
        for change in &changes {
            reads.hget(&change.hash, &change.field);
            if let Some(key) = &change.before_key {
                reads.get(key);
            }
        }
        let values: Vec<Option<Vec<u8>>> = self.connection.pipeline(&reads).await?;
        let mut values = values.into_iter();
        for change in &mut changes {
            change.value.current = values.next().flatten();
            if change.before_key.is_some() {
                change.value.before = values.next().flatten();
                if change.value.before.is_none() {
                    return Ok(None);
                }
            }
        }
        let values = changes.into_iter().map(|change| change.value);
        Ok(Some(values.collect()))
    }

    /// Returns the text that the deletion of this collection cut out of the owner's list, and its
    /// note; `None` once the image has expired.
    pub async fn deleted_entry(
        &self,
        owner: Uuid,
        receipt: Uuid,
        collection: Option<&str>,
    ) -> Result<Option<DeletedEntry>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.before_image(receipt))
            .arg("owner")
            .arg("change:1:removed")
            .arg("change:1:offset")
            .arg("change:1:after_sha256")
            .arg("change:2:hash")
            .arg("change:2:field")
            .arg("change:2:before");
        let [image_owner, removed, offset, after, hash, field, before]: [Option<Vec<u8>>; 7] =
            self.connection.query(&get).await?;
        if text(image_owner) != Some(owner.to_string()) {
            return Ok(None);
        }
        let is_note = text(hash) == Some(self.keys.notes(owner));
        let is_of_collection = field.as_deref() == collection.map(str::as_bytes);
        let note = text(before).filter(|_| is_note && is_of_collection);
        let offset = text(offset).and_then(|offset| offset.parse().ok());
        Ok(removed
            .zip(offset)
            .zip(text(after))
            .map(|((removed, offset), after)| DeletedEntry {
                removed,
                offset,
                after,
                note,
            }))
    }

    /// Returns the account that a receipt belongs to; `None` once the image has expired.
    pub async fn receipt_owner(&self, receipt: Uuid) -> Result<Option<Uuid>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.before_image(receipt)).arg(&OWNER_FIELDS);
        let owners: Vec<Option<Vec<u8>>> = self.connection.query(&get).await?;
        let owner = owners.into_iter().flatten().next();
        Ok(text(owner).and_then(|owner| Uuid::parse_str(&owner).ok()))
    }

    fn parse_image(
        &self,
        owner: Uuid,
        receipt: Uuid,
        mut image: HashMap<String, Vec<u8>>,
    ) -> Vec<ImageChange> {
        // Values that the commit only compared have a number too, but no fields.
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
        let mut take = |number: usize, name: &str| image.remove(&format!("change:{number}:{name}"));
        numbers
            .into_iter()
            .filter_map(|number| {
                let hash = text(take(number, "hash"))?;
                let field = text(take(number, "field"))?;
                let value = ChangedValue {
                    location: self.location(owner, &hash, &field)?,
                    before: take(number, "before"),
                    after: text(take(number, "after_sha256")),
                    current: None,
                };
                let before_key =
                    take(number, "apart").map(|_| self.keys.separate_before_value(receipt, number));
                Some(ImageChange {
                    hash,
                    field,
                    before_key,
                    value,
                })
            })
            .collect()
    }

    fn location(&self, owner: Uuid, hash: &str, field: &str) -> Option<ValueLocation> {
        let source = |hash| ValueLocation::Source(hash, LegacyOwner::new(field));
        if hash == self.keys.collections() {
            let is_target = field == owner.to_string();
            Some(if is_target {
                ValueLocation::Target
            } else {
                source(SourceHash::Collections)
            })
        } else if hash == self.keys.legacy_collections() {
            Some(source(SourceHash::LegacyCollections))
        } else if hash == self.keys.migratable() {
            Some(ValueLocation::Flag(field.to_owned()))
        } else if hash == self.keys.notes(owner) {
            Uuid::parse_str(field).ok().map(ValueLocation::Note)
        } else {
            None
        }
    }
}

fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    String::from_utf8(bytes?).ok()
}
