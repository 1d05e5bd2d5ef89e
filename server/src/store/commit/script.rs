//! Encodes a commit for `commit.lua`, and parses the answer.

use super::{Change, ChangedHash, CommitRequest, CommitResult, UsageLimits, Write};
use crate::store::before_image;
use crate::store::keys::Keys;
use crate::store::script::{Script, ScriptCall};
use redis::Value;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use shared::transfer::receipt::UNDO_DAYS;
use std::sync::LazyLock;
use uuid::Uuid;

static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("../commit.lua")));

const SECONDS_A_DAY: i64 = 86_400;
const IDEMPOTENCY_SECONDS: i64 = SECONDS_A_DAY;
/// Number of KEYS that the script takes, besides the histories after the first.
const KEY_COUNT: usize = 10;
/// Approximate size in bytes of all arguments that are no values.
const SMALL_ARGUMENTS: usize = 4 * 1024;

impl CommitRequest {
    /// Encodes the call as `commit.lua` describes it. Hashes and copies every value.
    pub(super) fn script_call(
        &self,
        keys: &Keys,
        limits: UsageLimits,
        replicated: bool,
    ) -> ScriptCall {
        let (first, others) = match &*self.histories {
            [] => (Uuid::nil(), &[][..]),
            [first, others @ ..] => (*first, others),
        };
        let key_count = KEY_COUNT + others.len();
        let capacity = self.bytes() + SMALL_ARGUMENTS;
        let mut call = if replicated {
            SCRIPT.call_with_source(key_count, capacity)
        } else {
            SCRIPT.call(key_count, capacity)
        };
        let idempotency = self.idempotency.as_ref();
        let receipt = self.receipt.as_ref();
        let receipt_id = receipt.map(|receipt| receipt.id);
        let keeps_before_image = receipt.is_some_and(|receipt| receipt.keeps_before_image);
        call.arg(keys.idempotency(self.owner, idempotency.map_or("", |record| &record.key)))
            .arg(keys.receipts(self.owner))
            .arg(keys.before_image(receipt_id.unwrap_or_default()))
            .arg(keys.audit())
            .arg(keys.collections())
            .arg(keys.legacy_collections())
            .arg(keys.migratable())
            .arg(keys.history(self.owner, first))
            .arg(keys.notes(self.owner))
            .arg(keys.usage(self.owner));
        for other in others {
            call.arg(keys.history(self.owner, *other));
        }
        call.arg(idempotency.map_or("", |record| &record.payload_hash))
            .arg(IDEMPOTENCY_SECONDS)
            .arg(receipt_id.unwrap_or_default().to_string())
            .arg(receipt.map_or(&b""[..], |receipt| &receipt.json))
            .arg(if keeps_before_image {
                UNDO_DAYS * SECONDS_A_DAY
            } else {
                0
            })
            .arg(self.owner.to_string())
            .arg(if self.histories.is_empty() {
                String::new()
            } else {
                (self.history_days * SECONDS_A_DAY).to_string()
            })
            .arg(limits.before_images)
            .arg(
                receipt
                    .filter(|receipt| receipt.is_full)
                    .map_or("", |_| "full"),
            )
            .arg(
                limits
                    .summarized
                    .map_or_else(String::new, |number| number.to_string()),
            );
        let audit = self
            .audit
            .arguments(Some(self.owner), "committed", receipt_id);
        call.arg(audit.len()).arg(audit);
        call.arg(self.changes.len());
        for change in &self.changes {
            change.encode(&mut call, keeps_before_image);
        }
        call
    }
}

impl Change {
    fn encode(&self, call: &mut ScriptCall, keeps_before_image: bool) {
        let new = self.write.value();
        let in_before_image = keeps_before_image
            && !matches!(self.hash, ChangedHash::Receipts | ChangedHash::History);
        let new_hash = new
            .filter(|_| in_before_image)
            .map(|new| hex(&Sha256::digest(new)));
        call.arg(self.hash.key_number())
            .arg(&self.field)
            .arg(if self.expected.is_some() {
                "present"
            } else {
                "absent"
            })
            .arg(self.expected.as_deref().unwrap_or_default())
            .arg(self.write.verb())
            .arg(new.unwrap_or_default())
            .arg(new_hash.unwrap_or_default());
        match &self.write {
            Write::Cut { removed, .. } => {
                let (texts, offsets) = before_image::encode_removed(removed);
                call.arg(texts).arg(offsets);
            }
            Write::Recover { before, .. } => {
                call.arg(before.as_slice());
            }
            Write::Keep
            | Write::Set(_)
            | Write::Delete
            | Write::SetIfHashExists(_)
            | Write::SetIfAbsent(_)
            | Write::Replace(_)
            | Write::Summarize(_) => {}
        }
    }
}

impl ChangedHash {
    /// Returns the position in the script's KEYS.
    fn key_number(self) -> u8 {
        match self {
            Self::Receipts => 2,
            Self::Collections => 5,
            Self::LegacyCollections => 6,
            Self::Migratable => 7,
            Self::History => 8,
            Self::Notes => 9,
        }
    }
}

impl Write {
    fn verb(&self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Set(_) => "set",
            Self::Cut { .. } => "cut",
            Self::Recover { .. } => "recover",
            Self::Delete => "delete",
            Self::SetIfHashExists(_) => "set-if-hash-exists",
            Self::SetIfAbsent(_) => "set-if-absent",
            Self::Replace(_) => "replace",
            Self::Summarize(_) => "summarize",
        }
    }
}

impl CommitResult {
    pub(super) fn parse_answer(answer: Vec<Value>) -> redis::RedisResult<Self> {
        let texts: Vec<String> = answer
            .into_iter()
            .map(redis::from_redis_value)
            .collect::<Result<_, _>>()?;
        match texts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["committed"] => Ok(Self::Applied),
            ["stale"] => Ok(Self::Conflict),
            ["replayed", payload_hash, receipt] if Uuid::parse_str(receipt).is_ok() => {
                Ok(Self::Replayed {
                    payload_hash: payload_hash.to_owned(),
                    receipt: Uuid::parse_str(receipt).unwrap_or_default(),
                })
            }
            _ => Err((
                redis::ErrorKind::UnexpectedReturnType,
                "commit.lua answered something else",
            )
                .into()),
        }
    }
}
