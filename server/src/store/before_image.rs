//! The values before a transfer, as they are kept for undo, and as they are now.

use super::{Store, StoreError, Watched};
use redis::Pipeline;
use shared::edit::delete::Kept;
use shared::ids::LegacyOwner;
use shared::transfer::undo::{ChangedValue, Place};
use std::collections::HashMap;
use uuid::Uuid;

/// Who received: the second name where the image keeps large values apart.
const OWNER: [&str; 2] = ["owner", "owner_apart"];

/// A change that an image keeps, and where it lies.
pub(super) struct KeptChange {
    number: usize,
    hash: String,
    field: String,
    /// Whether the value before is a key of its own.
    apart: bool,
    /// Without the value as it is now, and without the one before if that is kept apart.
    pub(super) value: ChangedValue,
}

/// The fields of an image.
pub(super) type Image = HashMap<String, Vec<u8>>;

impl Store {
    /// The values that a transfer of this owner changed, before and now, read where they are watched, if they are; `None` once
    /// the before-image has expired.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn changed_values(
        &self,
        owner: Uuid,
        receipt: Uuid,
        mut watched: Option<&mut Watched>,
    ) -> Result<Option<Vec<ChangedValue>>, StoreError> {
        // What it keeps may be large.
        let image = self.read_image(receipt);
        let [image] = self.read_aside(image, watched.as_deref_mut()).await?;
        let Some(mut changes) = self.understand_image(owner, image) else {
            return Ok(None);
        };
        if let Some(watched) = &mut watched {
            let apart = changes
                .iter()
                .filter_map(|change| self.apart(receipt, change));
            watched.also(apart.collect()).await?;
        }
        let mut reads = redis::pipe();
        for change in &changes {
            reads.hget(&change.hash, &change.field);
            if let Some(key) = self.apart(receipt, change) {
                reads.get(key);
            }
        }
        let values: Vec<Option<Vec<u8>>> = self.read_aside(reads, watched).await?;
        self.note_size(owner, values.iter().flatten().map(Vec::len).sum());
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

    /// What is kept of a collection that this owner deleted, read where it is watched, if it is; `None` once it has expired.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn kept(
        &self,
        owner: Uuid,
        receipt: Uuid,
        watched: Option<&mut Watched>,
    ) -> Result<Option<Kept>, StoreError> {
        let found = self.read_aside(self.read_kept(receipt), watched).await?;
        Ok(understand_kept(owner, found))
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

    /// Reads what [`understand_kept`] takes.
    pub(super) fn read_kept(&self, receipt: Uuid) -> Pipeline {
        let mut get = redis::pipe();
        get.cmd("HMGET")
            .arg(self.keys.before_image(receipt))
            .arg("owner")
            .arg("change:1:removed")
            .arg("change:1:offset")
            .arg("change:1:after_sha256");
        get
    }

    /// Reads what [`Self::understand_image`] takes.
    pub(super) fn read_image(&self, receipt: Uuid) -> Pipeline {
        let mut all = redis::pipe();
        all.hgetall(self.keys.before_image(receipt));
        all
    }

    /// The changes of an image, if it is this owner's.
    pub(super) fn understand_image(
        &self,
        owner: Uuid,
        mut image: Image,
    ) -> Option<Vec<KeptChange>> {
        let named = OWNER.iter().find_map(|name| image.remove(*name));
        if text(named)? != owner.to_string() {
            return None;
        }
        Some(self.changes(&mut image))
    }

    /// The key of the value before, where that is kept apart.
    pub(super) fn apart(&self, receipt: Uuid, change: &KeptChange) -> Option<String> {
        let apart = change.apart;
        apart.then(|| self.keys.kept_apart(receipt, change.number))
    }

    fn changes(&self, image: &mut Image) -> Vec<KeptChange> {
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

/// What an image keeps of a deletion, if it is this owner's.
pub(super) fn understand_kept(
    owner: Uuid,
    [[found, removed, offset, after]]: [[Option<Vec<u8>>; 4]; 1],
) -> Option<Kept> {
    if text(found)? != owner.to_string() {
        return None;
    }
    Some(Kept {
        removed: removed?,
        offset: text(offset)?.parse().ok()?,
        after: text(after)?,
    })
}
