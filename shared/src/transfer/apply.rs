//! From a plan and the user's choices to the values that are stored.

use super::plan::{Fate, TransferPlan};
use crate::api::{Action, Choices, PlanItem, ReceiptItem};
use crate::collection::hex;
use crate::legacy::entry::{WriteAs, content_hash};
use crate::legacy::{Member, ReadCollection, StoredEntry};
use crate::parallel;
use crate::raw_json::join_array;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// The values after a transfer. Nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The target's list: every entry it had, byte for byte unless merged into, then the new ones.
    pub target: String,
    /// What becomes of each source's list, parallel to the sources.
    pub sources: Vec<SourceWrite>,
    /// What becomes of each source entry, in plan order.
    pub items: Vec<ReceiptItem>,
}

/// What becomes of a source's stored list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceWrite {
    /// Nothing is taken out of it.
    Unchanged,
    /// Everything is taken out of it: the hash field goes.
    Remove,
    /// What stays, each entry byte for byte.
    Set(String),
}

/// A choice that the plan does not offer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChoice {
    /// No item has this key.
    #[error("the plan has no item {key:?}")]
    UnknownKey {
        /// The key as sent.
        key: String,
    },
    /// The action is not among those allowed for the item.
    #[error("this is not allowed for item {key:?}")]
    NotAllowed {
        /// The item's key.
        key: String,
    },
    /// With these choices nothing would be transferred.
    #[error("no collection is chosen to be transferred")]
    NothingChosen,
}

impl InvalidChoice {
    /// Where in the request body the mistake is.
    pub fn path(&self) -> String {
        match self {
            Self::UnknownKey { key } | Self::NotAllowed { key } => format!("choices.{key}"),
            Self::NothingChosen => "choices".to_owned(),
        }
    }
}

impl TransferPlan<'_> {
    /// Applies the plan with these choices; items not named take their default.
    ///
    /// # Errors
    /// Every [`InvalidChoice`]; nothing is to be stored then.
    pub fn apply(&self, choices: &Choices) -> Result<Outcome, Vec<InvalidChoice>> {
        self.check(choices)?;
        let mut target = TargetList::new(self);
        let mut items = Vec::new();
        // Items that are merged, each with the entry that it is merged into.
        let mut merges = Vec::new();
        let mut sources = Vec::with_capacity(self.sources.len());
        for (number, list) in self.sources.iter().enumerate() {
            let account = &self.plan.accounts[number];
            let mut ready = self.ready(number, choices);
            let mut staying = Vec::new();
            for (position, item) in account.items.iter().enumerate() {
                let action = choices.get(&item.key).copied().unwrap_or(item.action);
                let fate = self.fates[number][position];
                let entry = list
                    .as_ref()
                    .ok()
                    .and_then(|list| list.entries.get(position));
                let ready = ready.get_mut(position).and_then(Option::take);
                let written = entry.and_then(|entry| target.put(fate, action, entry, ready));
                if let (Action::Merge, Some(related)) = (action, fate.related) {
                    merges.push((items.len(), related));
                }
                if let (None, Some(entry)) = (&written, entry) {
                    staying.push(entry.raw);
                }
                let digest = self.digests[number].get(position);
                items.push(receipt_item(
                    account.legacy_user_id.as_ref(),
                    item,
                    action,
                    digest.map(|digest| hex(digest)),
                    written,
                ));
            }
            sources.push(if staying.len() == account.items.len() || list.is_err() {
                SourceWrite::Unchanged
            } else if staying.is_empty() {
                SourceWrite::Remove
            } else {
                SourceWrite::Set(join_array(staying))
            });
        }
        let (target, kept) = target.finish();
        for (number, related) in merges {
            items[number].target_hash = kept.get(related).and_then(|entry| content_hash(entry));
        }
        Ok(Outcome {
            target,
            sources,
            items,
        })
    }

    /// The entries of a source that are appended to the target, as they are written, in their places.
    fn ready(&self, number: usize, choices: &Choices) -> Vec<Option<Ready>> {
        let Ok(list) = &self.sources[number] else {
            return Vec::new();
        };
        let (items, fates) = (&self.plan.accounts[number].items, &self.fates[number]);
        let now = self.input.now;
        let bytes = list.entries.iter().map(|entry| entry.raw.len()).sum();
        parallel::map(&list.entries, bytes, |position, entry| {
            let (item, collection) = (&items[position], entry.collection.as_ref().ok()?);
            let new_name = match choices.get(&item.key).unwrap_or(&item.action) {
                Action::Move => None,
                Action::KeepBoth => item.new_name.as_deref(),
                _ => return None,
            };
            let id = fates[position].id;
            Some(Ready {
                raw: collection.write(WriteAs { id, new_name, now }),
                written: Written {
                    id: id.to_string(),
                    name: new_name.unwrap_or(&collection.name).to_owned(),
                    members: collection.members.len() as u64,
                    hash: Some(collection.content_hash_as(new_name, now)),
                },
            })
        })
    }

    fn check(&self, choices: &Choices) -> Result<(), Vec<InvalidChoice>> {
        let items: BTreeMap<&str, &PlanItem> = self
            .plan
            .accounts
            .iter()
            .flat_map(|account| &account.items)
            .map(|item| (item.key.as_str(), item))
            .collect();
        let mut invalid = Vec::new();
        for (key, action) in choices {
            match items.get(key.as_str()) {
                None => invalid.push(InvalidChoice::UnknownKey { key: key.clone() }),
                Some(item) if !item.allowed.contains(action) => {
                    invalid.push(InvalidChoice::NotAllowed { key: key.clone() });
                }
                Some(_) => {}
            }
        }
        let transfers =
            |item: &PlanItem| choices.get(&item.key).unwrap_or(&item.action).transfers();
        if invalid.is_empty() && !items.values().any(|item| transfers(item)) {
            invalid.push(InvalidChoice::NothingChosen);
        }
        if invalid.is_empty() {
            Ok(())
        } else {
            Err(invalid)
        }
    }
}

/// The target's list while collections are put into it.
struct TargetList<'t> {
    plan: &'t TransferPlan<'t>,
    /// For each entry that is merged into: the members that it gains, in order.
    merged: BTreeMap<usize, Merged<'t>>,
    added: Vec<String>,
}

struct Merged<'t> {
    has: HashSet<&'t str>,
    gains: Vec<Member<'t>>,
}

/// An entry that only has to be appended.
struct Ready {
    raw: String,
    written: Written,
}

/// An entry's place in the target.
struct Written {
    id: String,
    name: String,
    members: u64,
    hash: Option<String>,
}

impl<'t> TargetList<'t> {
    fn new(plan: &'t TransferPlan<'_>) -> Self {
        Self {
            plan,
            merged: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// Puts one entry into the target; `None` when the action leaves it where it is.
    fn put(
        &mut self,
        fate: Fate,
        action: Action,
        entry: &'t StoredEntry<'_>,
        ready: Option<Ready>,
    ) -> Option<Written> {
        match action {
            Action::Move | Action::KeepBoth => {
                let ready = ready?;
                self.added.push(ready.raw);
                Some(ready.written)
            }
            Action::Merge => self.merge(fate.related?, entry.collection.as_ref().ok()?),
            Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => None,
        }
    }

    fn merge(&mut self, related: usize, collection: &'t ReadCollection<'_>) -> Option<Written> {
        let theirs = self
            .plan
            .target
            .entries
            .get(related)?
            .collection
            .as_ref()
            .ok()?;
        let merged = self.merged.entry(related).or_insert_with(|| Merged {
            has: theirs.members.iter().map(AsRef::as_ref).collect(),
            gains: Vec::new(),
        });
        let before = merged.gains.len();
        for member in &collection.members {
            if merged.has.insert(member.as_ref()) {
                merged.gains.push(member.clone());
            }
        }
        Some(Written {
            id: theirs.id.map(|id| id.to_string()).unwrap_or_default(),
            name: theirs.name.clone(),
            members: (merged.gains.len() - before) as u64,
            hash: None,
        })
    }

    /// The list as text, and the entries in it that the target had before.
    fn finish(self) -> (String, Vec<Cow<'t, str>>) {
        let now = self.plan.input.now;
        let entries = self.plan.target.entries.iter().enumerate();
        let kept: Vec<Cow<'t, str>> = entries
            .map(
                |(position, entry)| match (self.merged.get(&position), &entry.collection) {
                    (Some(merged), Ok(theirs)) if !merged.gains.is_empty() => {
                        Cow::Owned(theirs.write_with_added(&merged.gains, now))
                    }
                    _ => Cow::Borrowed(entry.raw),
                },
            )
            .collect();
        let added = self.added.iter().map(String::as_str);
        let all = kept.iter().map(AsRef::as_ref).chain(added);
        (join_array(all), kept)
    }
}

fn receipt_item(
    source_owner: Option<&String>,
    item: &PlanItem,
    action: Action,
    source_hash: Option<String>,
    written: Option<Written>,
) -> ReceiptItem {
    let transferred = written.is_some();
    let (target_id, target_name, num_members, target_hash) = match written {
        Some(written) => (
            Some(written.id),
            Some(written.name),
            written.members,
            written.hash,
        ),
        None if action == Action::AlreadyPresent => {
            (item.target_id.clone(), None, item.num_members, None)
        }
        None => (None, None, item.num_members, None),
    };
    ReceiptItem {
        key: item.key.clone(),
        source_owner: source_owner.cloned(),
        source_id: item.source_id.clone(),
        source_name: item.name.clone(),
        action,
        target_id,
        target_name,
        num_members,
        repairs: if transferred {
            item.repairs.clone()
        } else {
            Vec::new()
        },
        source_hash,
        target_hash,
    }
}
