//! Reads before-images: the values that a commit replaced, kept for undo.
//!
//! An image is a hash. For the n-th change of its commit it has the fields `change:<n>:hash`,
//! `…:field`, `…:before` (the value before; absent if there was none) and `…:after_sha256` (absent
//! if the commit removed the value). For deleted collections it has `…:removed` and `…:offset`
//! instead of `…:before`: the removed texts in a row, and the offset of the only one, or
//! `<offset>+<length>` for each of several with commas between them. Their notes are the changes
//! after it.
//!
//! Until November 2026, lists from 128 KiB on were stored by another protocol, which kept large
//! values as keys of their own: `change:<n>:apart` says that the value before is under
//! `<image>:<n>`, and the owner is in the field `owner_apart`. Such images expire 30 days after
//! they were written.

use super::{Store, StoreError};
use shared::edit::{DeletedEntries, RemovedText};
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

    /// Returns what a deletion cut out of the owner's list, and the notes of the collections;
    /// `None` once the image has expired.
    pub async fn deleted_entries(
        &self,
        owner: Uuid,
        receipt: Uuid,
    ) -> Result<Option<DeletedEntries>, StoreError> {
        let mut get = redis::cmd("HGETALL");
        get.arg(self.keys.before_image(receipt));
        let mut image: HashMap<String, Vec<u8>> = self.connection.query(&get).await?;
        if text(image.remove("owner")) != Some(owner.to_string()) {
            return Ok(None);
        }
        let mut take = |name: &str| image.remove(&format!("change:1:{name}"));
        let (texts, offsets) = (take("removed"), text(take("offset")));
        let removed = texts.zip(offsets);
        let removed = removed.and_then(|(texts, offsets)| decode_removed(&texts, &offsets));
        let after = text(take("after_sha256"));
        let changes = self.parse_image(owner, receipt, image).into_iter();
        let notes = changes.filter_map(|change| match change.value.location {
            ValueLocation::Note(collection) => Some((collection, text(change.value.before)?)),
            _ => None,
        });
        Ok(removed.zip(after).map(|(removed, after)| DeletedEntries {
            removed,
            after,
            notes: notes.collect(),
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

/// Returns the fields `…:removed` and `…:offset` of these texts.
pub(super) fn encode_removed(removed: &[RemovedText]) -> (Vec<u8>, String) {
    let texts = removed
        .iter()
        .flat_map(|removed| removed.text.iter().copied());
    let offsets = match removed {
        [only] => only.offset.to_string(),
        removed => {
            let parts = removed.iter().map(|removed| {
                let RemovedText { offset, text } = removed;
                format!("{offset}+{}", text.len())
            });
            parts.collect::<Vec<_>>().join(",")
        }
    };
    (texts.collect(), offsets)
}

/// Reads the fields `…:removed` and `…:offset`; `None` if they do not fit together.
fn decode_removed(mut texts: &[u8], offsets: &str) -> Option<Vec<RemovedText>> {
    let mut removed = Vec::new();
    for part in offsets.split(',') {
        let (offset, length) = match part.split_once('+') {
            Some((offset, length)) => (offset, length.parse().ok()?),
            None if part == offsets => (part, texts.len()),
            None => return None,
        };
        let (text, rest) = texts.split_at_checked(length)?;
        removed.push(RemovedText {
            offset: offset.parse().ok()?,
            text: text.into(),
        });
        texts = rest;
    }
    texts.is_empty().then_some(removed)
}

fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_texts_are_read_as_written() {
        let removed = |offset, text: &str| RemovedText {
            offset,
            text: text.into(),
        };
        for texts in [
            vec![removed(7, "{},")],
            vec![
                removed(1, "{\"ö\": 1},"),
                removed(20, ""),
                removed(44, ", 7"),
            ],
        ] {
            let (joined, offsets) = encode_removed(&texts);
            assert_eq!(decode_removed(&joined, &offsets), Some(texts));
        }
        for offsets in ["", "x", "1+2", "1+9", "1+2,x+1", "1,2"] {
            assert_eq!(decode_removed(b"abc", offsets), None, "{offsets}");
        }
    }
}
