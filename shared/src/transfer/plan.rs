//! The planner: one item for each entry of each source.

use super::fingerprint;
use super::input::{Source, TransferInput};
use super::known::{Known, Place};
use super::names::Names;
use crate::api::{Action, Plan, PlanItem, Relation, Repair, SourceAccount};
use crate::collection::{NameKey, entry_digest, hex};
use crate::legacy::{ReadCollection, StoredList, UnreadableList, flag};
use crate::parallel;
use std::collections::HashSet;
use uuid::Uuid;

/// Ids that are made fresh are derived from what they are made for, so that the preview and the
/// execution agree on them without sharing a random number.
const FRESH_IDS: Uuid = Uuid::from_u128(0x6d2c_5f1e_94ab_4c07_b1d3_0e8f_7a65_c942);

/// How many of the members that a merge adds are named in the plan: enough to tell what they are like. All of
/// them would make the plan as large as the lists.
const ADDS_SHOWN: usize = 5;

/// A plan together with what it was made from, ready to be applied.
pub struct TransferPlan<'a> {
    /// What the user sees.
    pub plan: Plan,
    pub(super) input: &'a TransferInput,
    pub(super) target: StoredList<'a>,
    /// The lists of the sources, parallel to `plan.accounts`; a value that is no list stays as it is.
    pub(super) sources: Vec<Result<StoredList<'a>, UnreadableList>>,
    /// SHA-256 of their entries.
    pub(super) digests: Vec<Vec<[u8; 32]>>,
    /// Parallel to the items of `plan.accounts`.
    pub(super) fates: Vec<Vec<Fate>>,
}

/// Where an item goes if it is transferred.
#[derive(Clone, Copy)]
pub(super) struct Fate {
    /// Its id in the target.
    pub(super) id: Uuid,
    /// The target's entry that it relates to, by its place in the list.
    pub(super) related: Option<usize>,
}

impl<'a> TransferPlan<'a> {
    /// Plans a transfer.
    ///
    /// # Errors
    /// [`UnreadableList`] when the target's own list cannot be read: then nothing may be written to
    /// it. Unreadable sources are no error; they are listed in the plan.
    pub fn new(input: &'a TransferInput) -> Result<Self, UnreadableList> {
        let target = StoredList::read(input.target.as_deref())?;
        let sources: Vec<_> = input
            .sources
            .iter()
            .map(|source| StoredList::read(source.list.as_deref()))
            .collect();
        let digests: Vec<_> = sources
            .iter()
            .map(|list| list.as_ref().map(digests).unwrap_or_default())
            .collect();
        let mut planner = Planner::new(input.owner, &target, &sources);
        let mut accounts = Vec::with_capacity(sources.len());
        let mut fates = Vec::with_capacity(sources.len());
        for (number, (source, list)) in input.sources.iter().zip(&sources).enumerate() {
            let copied = input.target.is_some()
                && source
                    .flag
                    .as_deref()
                    .is_some_and(flag::collections_migrated);
            let (items, item_fates) = match list {
                Ok(list) => planner.items(number, source, list, &digests[number], copied),
                Err(reason) => (
                    vec![unreadable(number.to_string(), reason)],
                    vec![Fate::NONE],
                ),
            };
            accounts.push(account(source, copied, items));
            fates.push(item_fates);
        }
        let offer = accounts
            .iter()
            .flat_map(|account| &account.items)
            .any(|item| item.action.transfers());
        let fingerprint =
            (!accounts.is_empty()).then(|| fingerprint::of(input, &sources, &digests));
        let plan = Plan {
            offer,
            fingerprint,
            accounts,
        };
        Ok(Self {
            plan,
            input,
            target,
            sources,
            digests,
            fates,
        })
    }
}

/// SHA-256 of each entry.
fn digests(list: &StoredList<'_>) -> Vec<[u8; 32]> {
    let bytes = list.entries.iter().map(|entry| entry.raw.len()).sum();
    parallel::map(&list.entries, bytes, |_, entry| entry_digest(entry.raw))
}

impl Fate {
    const NONE: Self = Self {
        id: Uuid::nil(),
        related: None,
    };
}

struct Planner<'p> {
    owner: Uuid,
    known: Known<'p>,
    names: Names,
    /// Ids in the target.
    target_ids: HashSet<Uuid>,
    /// Ids given to an item of this plan.
    given_ids: HashSet<Uuid>,
    /// Ids that source collections bring along: no fresh id may be one of them.
    source_ids: HashSet<Uuid>,
}

impl<'p> Planner<'p> {
    fn new(
        owner: Uuid,
        target: &'p StoredList<'_>,
        sources: &[Result<StoredList<'_>, UnreadableList>],
    ) -> Self {
        let readable = |list: &StoredList<'_>, each: &mut dyn FnMut(&ReadCollection<'_>)| {
            list.entries
                .iter()
                .filter_map(|entry| entry.collection.as_ref().ok())
                .for_each(each);
        };
        let mut names = Names::default();
        let mut target_ids = HashSet::new();
        let mut source_ids = HashSet::new();
        readable(target, &mut |collection| {
            names.take(&collection.name);
            target_ids.extend(collection.id);
        });
        for list in sources.iter().flatten() {
            readable(list, &mut |collection| {
                names.take(&collection.name);
                source_ids.extend(collection.id);
            });
        }
        Self {
            owner,
            known: Known::of(target),
            names,
            target_ids,
            given_ids: HashSet::new(),
            source_ids,
        }
    }

    fn items(
        &mut self,
        number: usize,
        source: &Source,
        list: &'p StoredList<'_>,
        digests: &[[u8; 32]],
        copied: bool,
    ) -> (Vec<PlanItem>, Vec<Fate>) {
        list.entries
            .iter()
            .zip(digests)
            .enumerate()
            .map(|(position, (entry, digest))| {
                let key = format!("{number}:{position}");
                match &entry.collection {
                    Ok(collection) => self.item(key, source, digest, collection, copied),
                    Err(reason) => (unreadable(key, reason), Fate::NONE),
                }
            })
            .unzip()
    }

    fn item(
        &mut self,
        key: String,
        source: &Source,
        digest: &[u8; 32],
        collection: &'p ReadCollection<'_>,
        copied: bool,
    ) -> (PlanItem, Fate) {
        let name = NameKey::of(&collection.name);
        let (relation, place) = self.relate(collection, &name, copied);
        let related = place.and_then(|place| self.known.slot(place).in_target);
        let (action, allowed) = actions(relation, related.is_some());
        let (overlap, mut adds) = place.map_or_else(Default::default, |place| {
            self.known.compare(place, &collection.members, ADDS_SHOWN)
        });
        if !allowed.contains(&Action::Merge) {
            adds.clear();
        }
        let new_name = (allowed.contains(&Action::KeepBoth)
            && self.known.with_name(&name).is_some())
        .then(|| self.names.free(&collection.name));

        let mut repairs = collection.repairs.clone();
        let id = self.id_for(&key, source, digest, collection, &mut repairs);
        if action.transfers() {
            let name = new_name.as_deref().map_or(name, NameKey::of);
            self.known.add(id, name, collection, None);
        }
        let theirs = place
            .map(|place| self.known.slot(place))
            .filter(|slot| slot.in_target.is_some());
        let item = PlanItem {
            key,
            source_id: collection.stored_id.clone(),
            name: collection.name.clone(),
            num_members: collection.members.len() as u64,
            created: collection.created,
            changed: collection.changed,
            relation,
            target_id: theirs.map(|slot| slot.id.to_string()),
            target_name: theirs.map(|slot| slot.name.to_owned()),
            action,
            allowed,
            new_name,
            overlap,
            adds,
            repairs,
            dropped_members: collection.dropped_members,
            reason: None,
        };
        (item, Fate { id, related })
    }

    /// The relation of a source collection to what the target holds or will hold, and to which of it.
    fn relate(
        &self,
        collection: &ReadCollection<'_>,
        name: &NameKey,
        copied: bool,
    ) -> (Relation, Option<Place>) {
        let members = &collection.members;
        let by_id = collection
            .id
            .and_then(|id| self.known.with_id(id))
            .filter(|place| self.known.slot(*place).in_target.is_some());
        if let Some(place) = self.known.identical(name, collection) {
            (Relation::Identical, Some(place))
        } else if members.is_empty() {
            (Relation::Empty, None)
        } else if copied {
            (
                Relation::AlreadyCopied,
                by_id.or_else(|| self.known.with_name(name)),
            )
        } else if by_id.is_some() {
            (Relation::SameId, by_id)
        } else if let Some(place) = self.known.with_name(name) {
            (Relation::SameName, Some(place))
        } else if let Some(place) = self.known.with_content_of(collection) {
            (Relation::SameContent, Some(place))
        } else {
            (Relation::New, None)
        }
    }

    /// The id a collection gets in the target: its own while that is a UUID and free. One that is taken by
    /// the target is a relation, not a fault of the collection; one that is missing or repeated is.
    fn id_for(
        &mut self,
        key: &str,
        source: &Source,
        digest: &[u8; 32],
        collection: &ReadCollection<'_>,
        repairs: &mut Vec<Repair>,
    ) -> Uuid {
        if let Some(id) = collection.id
            && !self.target_ids.contains(&id)
        {
            if self.given_ids.insert(id) {
                return id;
            }
            repairs.insert(0, Repair::Id);
        }
        let from = source
            .owner
            .as_ref()
            .map_or("browser", |owner| owner.as_str());
        let seed = format!("{} {from} {key} {}", self.owner, hex(digest));
        let mut attempt = 0_u32;
        loop {
            let id = Uuid::new_v5(&FRESH_IDS, format!("{seed} {attempt}").as_bytes());
            let taken = self.source_ids.contains(&id) || self.target_ids.contains(&id);
            if !taken && self.given_ids.insert(id) {
                return id;
            }
            attempt += 1;
        }
    }
}

/// The default action and all allowed ones. A collection that is itself still to come cannot be
/// merged into: whether it comes is for the user to choose.
fn actions(relation: Relation, in_target: bool) -> (Action, Vec<Action>) {
    use Action::{AlreadyPresent, KeepBoth, Leave, Merge, Move, Skip};
    match relation {
        Relation::New | Relation::SameContent => (Move, vec![Move, Skip]),
        Relation::Identical => (AlreadyPresent, vec![AlreadyPresent, KeepBoth, Skip]),
        Relation::SameName | Relation::SameId if in_target => {
            (KeepBoth, vec![KeepBoth, Merge, Skip])
        }
        Relation::SameName | Relation::SameId => (KeepBoth, vec![KeepBoth, Skip]),
        Relation::Empty => (Skip, vec![Skip, Move]),
        Relation::AlreadyCopied => (Skip, vec![Skip, KeepBoth]),
        Relation::Unreadable => (Leave, vec![]),
    }
}

fn unreadable(key: String, reason: &dyn std::error::Error) -> PlanItem {
    let (action, allowed) = actions(Relation::Unreadable, false);
    PlanItem {
        key,
        source_id: None,
        name: String::new(),
        num_members: 0,
        created: None,
        changed: None,
        relation: Relation::Unreadable,
        target_id: None,
        target_name: None,
        action,
        allowed,
        new_name: None,
        overlap: 0,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        reason: Some(reason.to_string()),
    }
}

fn account(source: &Source, copied: bool, items: Vec<PlanItem>) -> SourceAccount {
    SourceAccount {
        legacy_user_id: source.owner.as_ref().map(ToString::to_string),
        email: source.email.clone(),
        full_name: source.full_name.clone(),
        since: items.iter().filter_map(|item| item.created).min(),
        copied_by_gn_auth: copied,
        items,
    }
}
