//! A commit as one transaction.

use super::Watched;
use super::wire::Wire;
use super::writes::Writes;
use crate::metrics::REDIS_SECONDS;
use crate::store::StoreError;
use crate::store::commit::{Commit, Committed, Hash};
use crate::store::connection::{CONFIRMATION, PATIENCE, sending};
use redis::{ErrorKind, RedisError, RedisResult, Value};
use std::time::Instant;
use uuid::Uuid;

/// How often it is tried. Other people's edits end up in the same hashes, and each undoes the watching.
const ATTEMPTS: usize = 2;

/// The record of the idempotency key, the types of receipts, audit and history, and whether there are flags.
type Looks = (
    (Option<String>, Option<String>),
    String,
    String,
    String,
    bool,
);

/// What came of one attempt.
enum Attempt {
    Done(Committed),
    /// Somebody wrote to what is watched.
    Disturbed,
    /// Redis will not have it so. The script finds out why.
    Refused,
}

impl Watched {
    /// Stores what was decided on what was read here; `None` if it has to be done by [`crate::store::Store::commit`], because
    /// others write all the time. It blocks until all is sent and answered.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails. The commit may have happened all the same.
    pub fn commit(mut self, commit: &Commit<'_>) -> Result<Option<Committed>, StoreError> {
        let begun = Instant::now();
        let committed = self.attempts(commit);
        metrics::histogram!(REDIS_SECONDS, "operation" => "transaction").record(begun.elapsed());
        committed
    }

    fn attempts(&mut self, commit: &Commit<'_>) -> Result<Option<Committed>, StoreError> {
        for attempt in 0..ATTEMPTS {
            if attempt > 0 && !self.is_as_planned(commit)? {
                return Ok(Some(Committed::Stale));
            }
            match self.attempt(commit)? {
                Attempt::Done(committed) => return Ok(Some(committed)),
                Attempt::Disturbed => {}
                Attempt::Refused => break,
            }
        }
        Ok(None)
    }

    fn attempt(&mut self, commit: &Commit<'_>) -> Result<Attempt, StoreError> {
        let connection = self.connection.as_mut().ok_or(StoreError::NoAnswer)?;
        let keys = &self.store.keys;
        // Edits have none, and nothing lies under none.
        let idempotency_key = commit.once.map_or("", |once| once.key);
        let idempotency = keys.idempotency(commit.owner, idempotency_key);
        let receipts = keys.receipts(commit.owner);
        let mut looks = redis::pipe();
        looks
            .cmd("HMGET")
            .arg(&idempotency)
            .arg("payload")
            .arg("receipt");
        looks.cmd("TYPE").arg(&receipts);
        looks.cmd("TYPE").arg(keys.audit());
        let history = self.store.hash_key(commit, Hash::History);
        looks.cmd("TYPE").arg(history.as_ref());
        looks.cmd("EXISTS").arg(keys.migratable());
        let looked: RedisResult<Looks> = looks.query(connection);
        let ((payload, earlier), receipts_are, audit_is, history_is, has_flags) = match looked {
            Err(error) if !is_refusal(&error) => return Err(error.into()),
            Err(_) => return Ok(Attempt::Refused),
            Ok(looked) => looked,
        };
        // Who repeats a request is promised what the replicas have: the script sees to that.
        if payload.is_some() && self.store.connection.replicas() > 0 {
            return Ok(Attempt::Refused);
        }
        if let Some(payload_hash) = payload {
            let receipt = earlier.and_then(|id| Uuid::parse_str(&id).ok());
            return Ok(receipt.map_or(Attempt::Refused, |receipt_id| {
                Attempt::Done(Committed::Before {
                    payload_hash,
                    receipt_id,
                })
            }));
        }
        let is = |found: &str, expected: &str| found == "none" || found == expected;
        let hashes = is(&receipts_are, "hash") && is(&history_is, "hash");
        if !hashes || !is(&audit_is, "stream") {
            return Ok(Attempt::Refused);
        }
        self.send(commit, has_flags)
    }

    /// Sends all that is written, and learns whether Redis has executed it.
    fn send(&mut self, commit: &Commit<'_>, has_flags: bool) -> Result<Attempt, StoreError> {
        let connection = self.connection.as_mut().ok_or(StoreError::NoAnswer)?;
        let patience = PATIENCE + sending(commit.bytes());
        connection.set_read_timeout(Some(patience))?;
        let mut wire = Wire::new(connection, patience);
        wire.command(&[b"MULTI"])?;
        Writes {
            store: &self.store,
            commit,
            has_flags,
        }
        .send(&mut wire)?;
        wire.command(&[b"EXEC"])?;
        let replicas = self.store.connection.replicas();
        if replicas > 0 {
            // In one go with the transaction: it waits for what its own connection wrote.
            let (replicas, longest) = (replicas.to_string(), CONFIRMATION.to_string());
            wire.command(&[b"WAIT", replicas.as_bytes(), longest.as_bytes()])?;
        }
        let mut answers = wire.answers()?;
        let confirmed = (replicas > 0).then(|| answers.pop()).flatten();
        let attempt = executed(answers.pop().unwrap_or(Value::Nil))?;
        if let (Attempt::Done(_), Some(confirmed)) = (&attempt, confirmed) {
            let confirmed: u32 = redis::from_redis_value(confirmed).map_err(RedisError::from)?;
            if confirmed < replicas {
                return Err(StoreError::NotReplicated);
            }
        }
        Ok(attempt)
    }
}

/// What the answer to EXEC says.
fn executed(answer: Value) -> RedisResult<Attempt> {
    match answer {
        Value::Nil => Ok(Attempt::Disturbed),
        Value::ServerError(_) => Ok(Attempt::Refused),
        answer => {
            // Nothing in it can fail: the types were looked at, and are watched.
            redis::from_redis_value::<Vec<Value>>(answer.extract_error()?)?;
            Ok(Attempt::Done(Committed::Now))
        }
    }
}

/// Whether Redis itself says no, rather than the connection.
fn is_refusal(error: &RedisError) -> bool {
    matches!(error.kind(), ErrorKind::Server(_) | ErrorKind::Extension)
}
