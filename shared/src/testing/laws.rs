//! What must hold for every plan, whatever is stored and whatever is chosen. Each law panics when broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "a law panics when it is broken; that is what it is for"
)]

use super::dice::Dice;
use super::entries::UNKNOWN;
use super::inputs::{choices, input, now};
use super::tally::{Tally, tally};
use crate::api::{Action, Choices, Receipt, ReceiptKind, Relation};
use crate::collection::entry_hash;
use crate::ids::LegacyOwner;
use crate::legacy::StoredList;
use crate::raw_json::split_array;
use crate::timestamp::Timestamp;
use crate::transfer::receipt::{Occasion, receipt};
use crate::transfer::undo::{ChangedValue, Place, Restored, Undone, undo};
use crate::transfer::{InvalidChoice, Outcome, Source, SourceWrite, TransferInput, TransferPlan};
use std::collections::BTreeSet;
use uuid::Uuid;

/// One transfer, planned and applied, and the values after it.
pub struct Case {
    /// The values before.
    pub before: TransferInput,
    /// What was chosen.
    pub choices: Choices,
    /// What the transfer does.
    pub outcome: Outcome,
    /// The values after.
    pub after: TransferInput,
}

impl Case {
    /// Plans and applies with choices from the dice; `None` where nothing can be transferred.
    pub fn new(before: TransferInput, dice: &mut Dice<'_>) -> Option<Self> {
        let plan = TransferPlan::new(&before).ok()?;
        let choices = choices(&plan.plan, dice);
        let outcome = match plan.apply(&choices) {
            Ok(outcome) => outcome,
            Err(refused) => {
                assert_eq!(
                    refused,
                    [InvalidChoice::NothingChosen],
                    "allowed choices are taken"
                );
                return None;
            }
        };
        Some(Self::new_applied(before, choices, outcome))
    }

    /// A plan that was applied.
    pub fn new_applied(before: TransferInput, choices: Choices, outcome: Outcome) -> Self {
        let after = after(&before, &outcome);
        Self {
            before,
            choices,
            outcome,
            after,
        }
    }

    /// Every law that holds whatever bytes are stored.
    pub fn obeys_all(&self) {
        self.leaves_the_rest_untouched();
        self.ids_are_unique();
        self.gn_auth_reads_it();
        self.is_as_previewed();
        self.twice_is_once();
        self.undo_is_the_identity();
    }

    /// Every (collection, member) pair is in source or target, and in one of them only.
    pub fn loses_and_doubles_nothing(&self) {
        let tally = tally(&self.before, &self.after, &self.outcome.items);
        assert_eq!(tally, Tally::default());
    }

    /// What is transferred keeps the fields that nobody knows, with every digit and space.
    pub fn keeps_unknown_fields(&self) {
        let fields = |input: &TransferInput| -> Vec<usize> {
            let lists: Vec<String> = lists(input)
                .iter()
                .flatten()
                .map(|list| String::from_utf8_lossy(list).into_owned())
                .collect();
            let count = |field: &&str| lists.iter().map(|list| list.matches(*field).count()).sum();
            UNKNOWN.iter().map(count).collect()
        };
        // A merged collection's own fields have no place in the one it is merged into.
        if self
            .outcome
            .items
            .iter()
            .all(|item| item.action != Action::Merge)
        {
            assert_eq!(fields(&self.before), fields(&self.after));
        }
    }

    /// Entries that the target had or the sources keep are there byte for byte and in order, but for those merged into.
    pub fn leaves_the_rest_untouched(&self) {
        let merged: BTreeSet<&str> = self.transferred(Action::Merge);
        let before = raws(self.before.target.as_deref());
        let now = raws(self.after.target.as_deref());
        assert!(before.len() <= now.len());
        for (was, is) in before.iter().zip(&now) {
            let into = was != is;
            let lower = was.to_ascii_lowercase();
            assert!(
                !into || merged.iter().any(|id| lower.contains(id)),
                "{was} became {is}"
            );
        }
        for (was, is) in self.before.sources.iter().zip(&self.after.sources) {
            let Ok(before) = split_array(was.list.as_deref().unwrap_or(b"[]")) else {
                assert_eq!(was.list, is.list);
                continue;
            };
            let mut left = before.iter();
            for entry in raws(is.list.as_deref()) {
                assert!(
                    left.any(|was| *was == entry),
                    "{entry} was not there, or elsewhere"
                );
            }
        }
    }

    /// No id that was brought or made is one that is there already.
    pub fn ids_are_unique(&self) {
        let list = StoredList::read(self.after.target.as_deref()).expect("a list");
        let ids: Vec<Option<Uuid>> = list
            .entries
            .iter()
            .map(|entry| {
                entry
                    .collection
                    .as_ref()
                    .ok()
                    .and_then(|collection| collection.id)
            })
            .collect();
        let (foreign, added) = ids.split_at(raws(self.before.target.as_deref()).len());
        let distinct: BTreeSet<_> = added.iter().collect();
        assert_eq!(distinct.len(), added.len());
        assert!(
            !foreign
                .iter()
                .flatten()
                .any(|id| distinct.contains(&Some(*id)))
        );
    }

    /// What comes beside others gets a name that people do not take for one that is there.
    pub fn names_are_free(&self) {
        // Not the engine's own folding, but enough for the names that cases are made of.
        let fold = |name: &str| name.trim().to_lowercase().replace("o\u{308}", "ö");
        let target = StoredList::read(self.before.target.as_deref()).expect("a list");
        let there = target
            .entries
            .iter()
            .filter_map(|entry| entry.collection.as_ref().ok());
        // What has no UUID cannot be addressed, and is compared with by nobody.
        let there = there.filter(|collection| collection.id.is_some());
        let mut taken: BTreeSet<String> = there.map(|collection| fold(&collection.name)).collect();
        let plan = TransferPlan::new(&self.before)
            .expect("a readable target")
            .plan;
        let planned = plan.accounts.iter().flat_map(|account| &account.items);
        for (planned, done) in planned.zip(&self.outcome.items) {
            // The others are there by another name, or are moved only by choice, under the name they have.
            let beside = matches!(
                planned.relation,
                Relation::New | Relation::SameContent | Relation::SameName | Relation::SameId
            );
            if beside && matches!(done.action, Action::Move | Action::KeepBoth) {
                let name = done.target_name.as_deref().expect("a name");
                assert!(taken.insert(fold(name)), "{name} is taken");
            }
        }
    }

    /// What is added is what gn-auth's `parse_collection` reads.
    pub fn gn_auth_reads_it(&self) {
        let before = raws(self.before.target.as_deref()).len();
        let list = StoredList::read(self.after.target.as_deref()).expect("a list");
        for entry in list.entries.iter().skip(before) {
            let object = crate::raw_json::Object::parse(entry.raw).expect("an object");
            let text = |name: &str| {
                object
                    .get(name)
                    .and_then(crate::raw_json::text)
                    .expect("text")
            };
            assert!(Uuid::parse_str(&text("id")).is_ok());
            text("name");
            for time in ["created", "changed"] {
                assert!(Timestamp::parse_stored(&text(time)).is_some());
            }
            let members =
                split_array(object.get("members").expect("members").as_bytes()).expect("a list");
            assert!(members.iter().all(|member| member.starts_with('"')));
            assert_eq!(
                object.get("num_members"),
                Some(members.len().to_string().as_str())
            );
        }
    }

    /// What was shown is what happens, in browser and server alike.
    pub fn is_as_previewed(&self) {
        let plan = TransferPlan::new(&self.before).expect("a readable target");
        let items = plan.plan.accounts.iter().flat_map(|account| &account.items);
        for (previewed, done) in items.zip(&self.outcome.items) {
            let action = self
                .choices
                .get(&previewed.key)
                .copied()
                .unwrap_or(previewed.action);
            assert_eq!((&previewed.key, action), (&done.key, done.action));
            match action {
                Action::Move => assert_eq!(done.target_name.as_ref(), Some(&previewed.name)),
                Action::KeepBoth => assert_eq!(
                    done.target_name.as_ref(),
                    Some(previewed.new_name.as_ref().unwrap_or(&previewed.name))
                ),
                Action::Merge => {
                    let gained = previewed.num_members - previewed.overlap;
                    assert!(
                        done.num_members <= gained,
                        "others may have brought the same members"
                    );
                    if self.transferred(Action::Merge).len() == 1 && self.merges() == 1 {
                        assert_eq!(done.num_members, gained);
                    }
                }
                _ => assert!(done.target_name.is_none()),
            }
        }
        assert_eq!(plan.apply(&self.choices).as_ref(), Ok(&self.outcome));
    }

    /// The same request again, on what the first one left, finds nothing that it named and changes nothing.
    pub fn twice_is_once(&self) {
        let plan = TransferPlan::new(&self.before).expect("a readable target");
        let Ok(once) = plan.apply(&Choices::new()) else {
            return;
        };
        let after = after(&self.before, &once);
        let again = TransferPlan::new(&after).expect("a readable target");
        // What a browser sent stays there; the browser marks it as imported and does not ask again.
        if self
            .before
            .sources
            .iter()
            .all(|source| source.owner.is_some())
        {
            assert!(!again.plan.offer, "nothing is offered a second time");
            let nothing = Err(vec![InvalidChoice::NothingChosen]);
            assert_eq!(again.apply(&Choices::new()), nothing);
        }
        assert_ne!(
            again.plan.fingerprint, plan.plan.fingerprint,
            "the old plan is stale"
        );
    }

    /// Undo right after gives every list back, byte for byte.
    pub fn undo_is_the_identity(&self) {
        let values = self.changed(&self.after);
        let undone = undo(&self.receipt(), &values).expect("nothing was touched");
        let back = restored(&self.after, &values, &undone);
        assert_eq!(lists(&back), lists(&self.before), "byte for byte");
    }

    /// What the transfer changed, as its before-image records it, with the lists as they are `now`.
    pub fn changed(&self, now: &TransferInput) -> Vec<ChangedValue> {
        let hash = |text: &str| Some(entry_hash(text));
        let target = ChangedValue {
            place: Place::Target,
            before: self.before.target.clone(),
            after: hash(&self.outcome.target),
            current: now.target.clone(),
        };
        let sources = self
            .before
            .sources
            .iter()
            .zip(&now.sources)
            .zip(&self.outcome.sources);
        let sources = sources.filter_map(|((before, now), write)| {
            let after = match write {
                SourceWrite::Unchanged => return None,
                SourceWrite::Remove => None,
                SourceWrite::Set(list) => hash(list),
            };
            Some(ChangedValue {
                place: Place::Source(before.owner.clone()?),
                before: before.list.clone(),
                after,
                current: now.list.clone(),
            })
        });
        std::iter::once(target).chain(sources).collect()
    }

    /// The receipt of this transfer.
    pub fn receipt(&self) -> Receipt {
        let occasion = Occasion {
            id: Uuid::from_u128(9),
            kind: ReceiptKind::Migration,
            at: self.before.now,
            request_id: String::new(),
            target_owner: self.before.owner,
        };
        receipt(occasion, &self.outcome.items)
    }

    /// Ids in the target of what was transferred by this action.
    fn transferred(&self, action: Action) -> BTreeSet<&str> {
        let items = self
            .outcome
            .items
            .iter()
            .filter(|item| item.action == action);
        items.filter_map(|item| item.target_id.as_deref()).collect()
    }

    fn merges(&self) -> usize {
        self.outcome
            .items
            .iter()
            .filter(|item| item.action == Action::Merge)
            .count()
    }
}

/// The values after an undo, as they would be stored.
pub fn restored(now: &TransferInput, values: &[ChangedValue], undone: &Undone) -> TransferInput {
    let mut then = now.clone();
    for (value, restored) in values.iter().zip(&undone.values) {
        let list = match restored {
            Restored::Keep => continue,
            Restored::Set(list) => Some(list.clone()),
            Restored::Remove => None,
        };
        match &value.place {
            Place::Target => then.target = list,
            Place::Source(owner) => {
                let mut sources = then.sources.iter_mut();
                let source = sources.find(|source| source.owner.as_ref() == Some(owner));
                source.expect("a source").list = list;
            }
            Place::Flag(_) => unreachable!("no flags here"),
        }
    }
    then
}

/// Every list of a case.
pub fn lists(input: &TransferInput) -> Vec<Option<Vec<u8>>> {
    let sources = input.sources.iter().map(|source| source.list.clone());
    sources.chain([input.target.clone()]).collect()
}

/// The values after a transfer, as they would be stored. What the browser holds stays there.
fn after(before: &TransferInput, outcome: &Outcome) -> TransferInput {
    let mut after = before.clone();
    after.target = Some(outcome.target.clone().into_bytes());
    let stored = after.sources.iter_mut().zip(&outcome.sources);
    for (source, write) in stored.filter(|(source, _)| source.owner.is_some()) {
        match write {
            SourceWrite::Unchanged => {}
            SourceWrite::Remove => source.list = None,
            SourceWrite::Set(list) => source.list = Some(list.clone().into_bytes()),
        }
    }
    after
}

fn raws(list: Option<&[u8]>) -> Vec<&str> {
    let list = list.unwrap_or_default();
    if matches!(list.trim_ascii(), b"" | b"null") {
        return Vec::new();
    }
    split_array(list).expect("a list")
}

/// Any bytes as a transfer: as decisions about one of odd data, or as the stored values themselves.
pub fn any_bytes(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    if first % 2 == 0 {
        let dice = &mut Dice::new(bytes);
        let input = input(dice);
        if let Some(case) = Case::new(input, dice) {
            case.obeys_all();
            case.loses_and_doubles_nothing();
            case.keeps_unknown_fields();
            case.names_are_free();
        }
    } else if let Some(case) = Case::new(stored(bytes), &mut Dice::new(&[*first])) {
        case.obeys_all();
    }
}

/// The bytes as a target and sources, cut where no list goes on.
fn stored(bytes: &[u8]) -> TransferInput {
    let mut values = bytes
        .split(|byte| *byte == 0)
        .map(|value| Some(value.to_vec()));
    let target = values.next().flatten();
    let sources = values.take(3).enumerate().map(|(number, list)| Source {
        owner: Some(LegacyOwner::new(number.to_string())),
        list,
        ..Source::default()
    });
    TransferInput {
        owner: Uuid::from_u128(1),
        target,
        sources: sources.collect(),
        now: now(),
    }
}
