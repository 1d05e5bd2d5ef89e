//! A transfer with the data that the laws need: values before and after, choices, receipt.

use crate::api::{Action, Choices, Receipt, ReceiptKind};
use crate::collection::entry_hash;
use crate::raw_json::split_array;
use crate::testing::byte_source::ByteSource;
use crate::testing::inputs::choices;
use crate::transfer::receipt::{ReceiptMetadata, receipt};
use crate::transfer::undo::{ChangedValue, UndoOutput, UndoWrite, ValueLocation};
use crate::transfer::{InvalidChoice, SourceWrite, TransferInput, TransferOutput, TransferPlan};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A transfer, planned and applied, and the values after it.
pub struct Case {
    /// The values before.
    pub before: TransferInput,
    /// The choices.
    pub choices: Choices,
    /// The output of the transfer.
    pub output: TransferOutput,
    /// The values after.
    pub after: TransferInput,
}

impl Case {
    /// Plans and applies a transfer with random choices. Returns `None` if nothing can be
    /// transferred.
    pub fn new(before: TransferInput, random: &mut ByteSource<'_>) -> Option<Self> {
        let plan = TransferPlan::new(&before).ok()?;
        let choices = choices(&plan.plan, random);
        let output = match plan.apply(&choices) {
            Ok(output) => output,
            Err(refused) => {
                assert_eq!(
                    refused,
                    [InvalidChoice::NothingChosen],
                    "allowed choices are taken"
                );
                return None;
            }
        };
        Some(Self::new_applied(before, choices, output))
    }

    /// Makes a case of a plan that was applied.
    pub fn new_applied(before: TransferInput, choices: Choices, output: TransferOutput) -> Self {
        let after = after(&before, &output);
        Self {
            before,
            choices,
            output,
            after,
        }
    }

    /// Returns the values that the transfer changed, as its before-image records them, with the
    /// lists as they are `now`.
    pub fn changed_values(&self, now: &TransferInput) -> Vec<ChangedValue> {
        let hash = |text: &str| Some(entry_hash(text));
        let target = ChangedValue {
            location: ValueLocation::Target,
            before: self.before.target.clone(),
            after: hash(&self.output.target),
            current: now.target.clone(),
        };
        let sources = self
            .before
            .sources
            .iter()
            .zip(&now.sources)
            .zip(&self.output.sources);
        let sources = sources.filter_map(|((before, now), write)| {
            let after = match write {
                SourceWrite::Unchanged => return None,
                SourceWrite::Remove => None,
                SourceWrite::Set(list) => hash(list),
            };
            Some(ChangedValue {
                location: ValueLocation::Source(before.hash, before.owner.clone()?),
                before: before.list.clone(),
                after,
                current: now.list.clone(),
            })
        });
        std::iter::once(target).chain(sources).collect()
    }

    /// Makes the receipt of the transfer.
    pub fn receipt(&self) -> Receipt {
        let metadata = ReceiptMetadata {
            id: Uuid::from_u128(9),
            kind: ReceiptKind::Migration,
            at: self.before.now,
            request_id: String::new(),
            target_owner: self.before.owner,
        };
        receipt(metadata, self.output.items.clone())
    }

    /// Returns the target ids of the collections transferred by this action.
    pub(super) fn transferred(&self, action: Action) -> BTreeSet<&str> {
        let items = self
            .output
            .items
            .iter()
            .filter(|item| item.action == action);
        items.filter_map(|item| item.target_id.as_deref()).collect()
    }

    pub(super) fn merges(&self) -> usize {
        self.output
            .items
            .iter()
            .filter(|item| item.action == Action::Merge)
            .count()
    }
}

/// Returns the values after an undo is stored.
pub fn undone(now: &TransferInput, values: &[ChangedValue], output: &UndoOutput) -> TransferInput {
    let mut after = now.clone();
    for (value, write) in values.iter().zip(&output.values) {
        let list = match write {
            UndoWrite::Keep => continue,
            UndoWrite::Set(list) => Some(list.clone()),
            UndoWrite::Remove => None,
        };
        match &value.location {
            ValueLocation::Target => after.target = list,
            ValueLocation::Source(_, owner) => {
                let mut sources = after.sources.iter_mut();
                let source = sources.find(|source| source.owner.as_ref() == Some(owner));
                source.expect("a source").list = list;
            }
            ValueLocation::Flag(_) | ValueLocation::Note(_) => {
                unreachable!("no flags or notes here")
            }
        }
    }
    after
}

/// Returns every list of an input.
pub fn lists(input: &TransferInput) -> Vec<Option<Vec<u8>>> {
    let sources = input.sources.iter().map(|source| source.list.clone());
    sources.chain([input.target.clone()]).collect()
}

/// Returns the values after a transfer is stored. The browser keeps its collections.
pub(super) fn after(before: &TransferInput, output: &TransferOutput) -> TransferInput {
    let mut after = before.clone();
    after.target = Some(output.target.clone().into_bytes());
    let stored = after.sources.iter_mut().zip(&output.sources);
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

/// Folds a name. This is not the engine's own folding, but is enough for the names of the cases.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace("o\u{308}", "ö")
}
