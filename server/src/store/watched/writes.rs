//! What a commit writes, as commands: the same as [`crate::store::commit`]'s script.

use super::wire::Wire;
use crate::store::commit::{Change, Commit, IDEMPOTENCY_SECONDS, SECONDS_A_DAY, Write};
use crate::store::{NewReceipt, Store};
use redis::{RedisError, RedisResult};
use shared::transfer::receipt::UNDO_DAYS;

/// Bytes from which on the image keeps a value apart, as a key of its own: Redis takes that without copying it.
const APART: usize = 16 * 1024;

/// How many seconds longer than the image such a value lives: no part of an image is gone before the rest.
const LONGER: i64 = 60;

/// The commands of one transaction.
pub(super) struct Writes<'a> {
    pub(super) store: &'a Store,
    pub(super) commit: &'a Commit<'a>,
    /// Whether gn-auth's hash of flags exists.
    pub(super) has_flags: bool,
}

impl Writes<'_> {
    pub(super) fn send(&self, wire: &mut Wire<'_>) -> RedisResult<()> {
        let changes = &self.commit.changes;
        // What is written is hashed while it is sent.
        let hashes = std::thread::scope(|scope| {
            let hashes = scope.spawn(|| {
                let hashes = changes.iter().map(|change| self.commit.kept_hash(change));
                hashes.collect()
            });
            // What is removed goes first: where Redis keeps freed memory, it copies the new list into that.
            let (written, removed): (Vec<_>, Vec<_>) = changes
                .iter()
                .partition(|change| change.write.value().is_some());
            for change in removed.into_iter().chain(written) {
                self.value(change, wire)?;
            }
            match hashes.join() {
                Ok(hashes) => Ok::<Vec<_>, RedisError>(hashes),
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        })?;
        if let Some(receipt) = self.commit.receipt {
            if receipt.image {
                self.image(&receipt, &hashes, wire)?;
            }
            let receipts = self.store.keys.receipts(self.commit.owner);
            let (id, json) = (receipt.id.to_string(), receipt.json);
            let words = ["HSET", &receipts, &id, json].map(str::as_bytes);
            wire.command(&words)?;
        }
        self.records(wire)
    }

    /// Bytes from which on a value is kept apart; tests take every list for a large one.
    fn apart(&self) -> usize {
        APART.min(self.store.large)
    }

    fn is_written(&self, change: &Change<'_>) -> bool {
        match change.write {
            Write::Keep => false,
            Write::SetIfHashExists(_) => self.has_flags,
            Write::Set(_) | Write::Cut { .. } | Write::Delete => true,
        }
    }

    /// The values before, for undo.
    fn image(
        &self,
        receipt: &NewReceipt<'_>,
        hashes: &[Option<String>],
        wire: &mut Wire<'_>,
    ) -> RedisResult<()> {
        let keys = &self.store.keys;
        let key = keys.before_image(receipt.id);
        let seconds = UNDO_DAYS * SECONDS_A_DAY;
        let (life, longer) = (seconds.to_string(), (seconds + LONGER).to_string());
        let mut any_apart = false;
        // Values that are only compared are numbered too.
        for ((number, change), hash_after) in (1..).zip(&self.commit.changes).zip(hashes) {
            if change.hash.is_ours() || !self.is_written(change) {
                continue;
            }
            let hash = self.store.hash_key(self.commit, change.hash);
            let (mut names, mut values) = (Vec::new(), Vec::<Vec<u8>>::new());
            let mut put = |part: &str, value: &[u8]| {
                names.push(format!("change:{number}:{part}"));
                values.push(value.to_vec());
            };
            put("hash", hash.as_bytes());
            put("field", change.field.as_bytes());
            if let Some(hash) = hash_after {
                put("after_sha256", hash.as_bytes());
            }
            match (&change.write, change.planned) {
                (
                    Write::Cut {
                        removed, offset, ..
                    },
                    _,
                ) => {
                    put("removed", removed);
                    put("offset", offset.to_string().as_bytes());
                }
                (_, Some(planned)) if planned.len() >= self.apart() => {
                    any_apart = true;
                    put("apart", b"1");
                    let key = keys.kept_apart(receipt.id, number);
                    wire.command(&[b"SET", key.as_bytes(), planned, b"EX", longer.as_bytes()])?;
                }
                (_, Some(planned)) => put("before", planned),
                (_, None) => {}
            }
            let mut words: Vec<&[u8]> = vec![b"HSET", key.as_bytes()];
            for (name, value) in names.iter().zip(&values) {
                words.extend([name.as_bytes(), value]);
            }
            wire.command(&words)?;
        }
        // An earlier version does not know of values kept apart: it finds no image at all, rather than a part of one.
        let named = if any_apart { "owner_apart" } else { "owner" };
        let owner = self.commit.owner.to_string();
        wire.command(&["HSET", &key, named, &owner].map(str::as_bytes))?;
        wire.command(&["EXPIRE", &key, &life].map(str::as_bytes))
    }

    fn value(&self, change: &Change<'_>, wire: &mut Wire<'_>) -> RedisResult<()> {
        if !self.is_written(change) {
            return Ok(());
        }
        let hash = self.store.hash_key(self.commit, change.hash);
        let (hash, field) = (hash.as_bytes(), change.field.as_bytes());
        match change.write.value() {
            Some(new) => wire.command(&[b"HSET", hash, field, new]),
            None => wire.command(&[b"HDEL", hash, field]),
        }
    }

    /// What makes the request have its effect once, and what the audit keeps of it.
    fn records(&self, wire: &mut Wire<'_>) -> RedisResult<()> {
        let (keys, owner) = (&self.store.keys, self.commit.owner);
        let receipt = self.commit.receipt.map(|receipt| receipt.id);
        if let Some((collection, days)) = self.commit.history {
            let key = keys.history(owner, collection);
            let life = (days * SECONDS_A_DAY).to_string();
            wire.command(&["EXPIRE", &key, &life].map(str::as_bytes))?;
        }
        if let Some(once) = self.commit.once {
            let key = keys.idempotency(owner, once.key);
            let id = receipt.unwrap_or_default().to_string();
            let record = ["HSET", &key, "payload", once.payload_hash, "receipt", &id];
            wire.command(&record.map(str::as_bytes))?;
            let life = IDEMPOTENCY_SECONDS.to_string();
            wire.command(&["EXPIRE", &key, &life].map(str::as_bytes))?;
        }
        let entry = self.commit.audit.entry(owner, "committed", receipt);
        let audit = keys.audit();
        let mut words: Vec<&[u8]> = vec![b"XADD", audit.as_bytes()];
        words.extend(entry.iter().map(String::as_bytes));
        wire.command(&words)
    }
}
