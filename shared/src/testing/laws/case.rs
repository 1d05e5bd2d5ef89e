//! One transfer with everything a law asks about: the values before and after, the choices, the receipt.

use crate::api::{Action, Choices, Receipt, ReceiptKind};
use crate::collection::entry_hash;
use crate::raw_json::split_array;
use crate::testing::dice::Dice;
use crate::testing::inputs::choices;
use crate::transfer::receipt::{Occasion, receipt};
use crate::transfer::undo::{ChangedValue, Place, Restored, Undone};
use crate::transfer::{InvalidChoice, Outcome, SourceWrite, TransferInput, TransferPlan};
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
        receipt(occasion, self.outcome.items.clone())
    }

    /// Ids in the target of what was transferred by this action.
    pub(super) fn transferred(&self, action: Action) -> BTreeSet<&str> {
        let items = self
            .outcome
            .items
            .iter()
            .filter(|item| item.action == action);
        items.filter_map(|item| item.target_id.as_deref()).collect()
    }

    pub(super) fn merges(&self) -> usize {
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
pub(super) fn after(before: &TransferInput, outcome: &Outcome) -> TransferInput {
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

pub(super) fn raws(list: Option<&[u8]>) -> Vec<&str> {
    let list = list.unwrap_or_default();
    if matches!(list.trim_ascii(), b"" | b"null") {
        return Vec::new();
    }
    split_array(list).expect("a list")
}

/// A name as people take it; not the engine's own folding, but enough for the names that cases are made of.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace("o\u{308}", "ö")
}
