//! A transfer that is worked out, as it is stored.

use super::decide::Wanted;
use super::flags::FlagRecord;
use crate::service::ready::Ready;
use crate::store::{Audit, Change, Commit, Hash, NewReceipt, OnceRecord, Write};
use shared::api::Receipt;
use shared::transfer::{Outcome, SourceWrite, TransferInput};

/// A transfer that is worked out and only has to be stored.
pub(super) struct Transfer {
    pub(super) wanted: Wanted,
    pub(super) input: TransferInput,
    pub(super) outcome: Outcome,
    pub(super) receipt: Receipt,
    pub(super) receipt_json: String,
    /// The account that receives.
    pub(super) owner: String,
    /// The owners taken from, separated by spaces.
    pub(super) from: String,
    pub(super) flags: Vec<FlagRecord>,
}

impl Ready for Transfer {
    fn commit(&self) -> Commit<'_> {
        Commit {
            owner: self.input.owner,
            once: Some(OnceRecord {
                key: &self.wanted.idempotency_key,
                payload_hash: &self.wanted.payload_hash,
            }),
            receipt: Some(NewReceipt {
                id: self.receipt.id,
                json: &self.receipt_json,
                image: true,
            }),
            audit: Audit {
                kind: self.wanted.kind_name,
                from: &self.from,
                counts: (
                    self.receipt.moved + self.receipt.merged + self.receipt.renamed,
                    self.receipt.members,
                ),
                request_id: &self.wanted.request_id,
            },
            changes: self.changes(),
            history: None,
            undoes: None,
        }
    }
}

impl Transfer {
    fn changes(&self) -> Vec<Change<'_>> {
        let mut changes = vec![Change {
            hash: Hash::Collections,
            field: &self.owner,
            planned: self.input.target.as_deref(),
            write: Write::Set(self.outcome.target.as_bytes()),
        }];
        for (source, write) in self.input.sources.iter().zip(&self.outcome.sources) {
            if let Some(owner) = &source.owner {
                changes.push(Change {
                    hash: Hash::LegacyCollections,
                    field: owner.as_str(),
                    planned: source.list.as_deref(),
                    write: match write {
                        SourceWrite::Unchanged => Write::Keep,
                        SourceWrite::Remove => Write::Delete,
                        SourceWrite::Set(list) => Write::Set(list.as_bytes()),
                    },
                });
            }
        }
        changes.extend(self.flags.iter().map(|flag| flag.change(&self.input)));
        changes
    }
}
