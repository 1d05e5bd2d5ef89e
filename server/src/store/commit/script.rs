//! A commit as one server-side script.
//!
//! `commit.lua` compares every raw value that was decided on and only then writes: at no instant, and after no
//! crash or cut connection, is a transfer half done.

use super::{Change, Commit, Committed, Hash, IDEMPOTENCY_SECONDS, SECONDS_A_DAY, Write};
use crate::store::script::{Call, Script};
use crate::store::{Store, StoreError};
use redis::Value;
use shared::transfer::receipt::UNDO_DAYS;
use std::sync::LazyLock;
use uuid::Uuid;

static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("../commit.lua")));

/// Keys that the script takes.
const KEYS: usize = 8;
/// About how many bytes the small arguments have, beside the values.
const SMALL_ARGUMENTS: usize = 4 * 1024;

/// The call of the script that a commit is. Of large lists it takes a while to make: everything is hashed and copied.
pub struct Prepared {
    call: Call,
    /// About how much is sent.
    bytes: usize,
}

impl Store {
    /// Makes ready what [`Self::commit`] sends.
    pub fn prepare(&self, commit: &Commit<'_>) -> Prepared {
        let (bytes, keys) = (commit.bytes(), &self.keys);
        let mut call = if self.connection.replicas() > 0 {
            SCRIPT.whole_call(KEYS, bytes + SMALL_ARGUMENTS)
        } else {
            SCRIPT.call(KEYS, bytes + SMALL_ARGUMENTS)
        };
        let key = commit.once.map_or("", |once| once.key);
        let receipt_id = commit.receipt.map_or(Uuid::nil(), |receipt| receipt.id);
        let (collection, days) = commit.history.unzip();
        call.arg(keys.idempotency(commit.owner, key))
            .arg(keys.receipts(commit.owner))
            .arg(keys.before_image(receipt_id))
            .arg(keys.audit())
            .arg(keys.collections())
            .arg(keys.legacy_collections())
            .arg(keys.migratable())
            .arg(keys.history(commit.owner, collection.unwrap_or_default()));
        let image = commit.receipt.is_some_and(|receipt| receipt.image);
        let history_life = days.map(|days| (days * SECONDS_A_DAY).to_string());
        call.arg(commit.once.map_or("", |once| once.payload_hash))
            .arg(IDEMPOTENCY_SECONDS)
            .arg(receipt_id.to_string())
            .arg(commit.receipt.map_or("", |receipt| receipt.json))
            .arg(if image { UNDO_DAYS * SECONDS_A_DAY } else { 0 })
            .arg(commit.owner.to_string())
            .arg(history_life.unwrap_or_default());
        let receipt = commit.receipt.map(|receipt| receipt.id);
        let audit = commit.audit.entry(commit.owner, "committed", receipt);
        call.arg(audit.len());
        for text in &audit {
            call.arg(text);
        }
        call.arg(commit.changes.len());
        for change in &commit.changes {
            change.arguments(&mut call, commit.kept_hash(change));
        }
        Prepared { call, bytes }
    }

    /// Stores a transfer or an edit if every value is still what it was decided on.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails. The commit may have happened all the same: the answer may be
    /// what was lost. The same call again tells, by [`Committed::Before`].
    pub async fn commit(&self, prepared: &Prepared) -> Result<Committed, StoreError> {
        let Prepared { call, bytes } = prepared;
        if self.connection.replicas() == 0 {
            let answer: Vec<Value> = self.connection.script(call, *bytes).await?;
            return Ok(understand(answer)?);
        }
        let answer: Vec<Value> = self.connection.replicated(call.command(), *bytes).await?;
        let committed = understand(answer)?;
        if let Committed::Before { .. } = committed {
            self.confirm().await?;
        }
        Ok(committed)
    }
}

impl Change<'_> {
    fn arguments(&self, call: &mut Call, new_hash: Option<String>) {
        let (verb, new) = match self.write {
            Write::Keep => ("keep", &b""[..]),
            Write::Set(new) => ("set", new),
            Write::Cut { left, .. } => ("cut", left),
            Write::Delete => ("delete", &b""[..]),
            Write::SetIfHashExists(new) => ("set-if-hash-exists", new),
        };
        let presence = if self.planned.is_some() {
            "present"
        } else {
            "absent"
        };
        call.arg(self.hash.number())
            .arg(self.field)
            .arg(presence)
            .arg(self.planned.unwrap_or_default())
            .arg(verb)
            .arg(new)
            .arg(new_hash.unwrap_or_default());
        if let Write::Cut {
            removed, offset, ..
        } = self.write
        {
            call.arg(removed).arg(offset);
        }
    }
}

impl Hash {
    /// Its place in the script's KEYS.
    fn number(self) -> u8 {
        match self {
            Self::Receipts => 2,
            Self::Collections => 5,
            Self::LegacyCollections => 6,
            Self::Migratable => 7,
            Self::History => 8,
        }
    }
}

fn understand(answer: Vec<Value>) -> redis::RedisResult<Committed> {
    let texts: Vec<String> = answer
        .into_iter()
        .map(redis::from_redis_value)
        .collect::<Result<_, _>>()?;
    match texts
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["committed"] => Ok(Committed::Now),
        ["replayed", payload_hash, receipt] if Uuid::parse_str(receipt).is_ok() => {
            Ok(Committed::Before {
                payload_hash: (*payload_hash).to_owned(),
                receipt_id: Uuid::parse_str(receipt).unwrap_or_default(),
            })
        }
        ["stale"] => Ok(Committed::Stale),
        _ => Err((
            redis::ErrorKind::UnexpectedReturnType,
            "commit.lua answered something else",
        )
            .into()),
    }
}
