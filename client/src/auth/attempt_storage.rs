//! Keeps the sign-in attempts of this tab in sessionStorage, keyed by `state`.
//!
//! A used attempt stays there without its verifier until it expires. A second arrival of the same
//! response, by a reload or a double click, is thereby distinguished from a forged one.

use super::sign_in_attempt::SignInAttempt;
use crate::browser::json;
use shared::timestamp::Timestamp;
use web_sys::Storage;

const PREFIX: &str = "gnc:attempt:";

/// The browser forbids storage.
#[derive(Debug)]
pub struct StorageForbidden;

/// Stores an attempt, and removes expired ones.
pub fn store(state: &str, attempt: &SignInAttempt, now: Timestamp) -> Result<(), StorageForbidden> {
    let storage = storage().ok_or(StorageForbidden)?;
    remove_where(&storage, |attempt| attempt.is_expired(now));
    write(&storage, state, attempt)
}

/// Returns the attempt with this `state`, and its verifier the first time only.
pub fn take(state: &str) -> Option<SignInAttempt> {
    let storage = storage()?;
    let attempt = read(&storage, state)?;
    mark_used(&storage, state, attempt)
}

/// Returns the attempt that a response without `state` belongs to: the only pending one. Without a
/// pending attempt, the response may repeat an earlier one, so the last used attempt is returned.
/// Several pending attempts are ambiguous and give `None`.
pub fn take_only(now: Timestamp) -> Option<SignInAttempt> {
    let storage = storage()?;
    let (pending, used): (Vec<_>, Vec<_>) = states(&storage)
        .into_iter()
        .filter_map(|state| Some((read(&storage, &state)?, state)))
        .filter(|(attempt, _)| !attempt.is_expired(now))
        .partition(|(attempt, _)| attempt.verifier.is_some());
    match <[_; 1]>::try_from(pending) {
        Ok([(attempt, state)]) => mark_used(&storage, &state, attempt),
        Err(pending) if pending.is_empty() => {
            let used = used.into_iter().map(|(attempt, _)| attempt);
            used.max_by_key(|attempt| attempt.started)
        }
        Err(_) => None,
    }
}

/// Removes the pending attempts, because a new one replaces them.
pub fn remove_pending() {
    if let Some(storage) = storage() {
        remove_where(&storage, |attempt| attempt.verifier.is_some());
    }
}

fn mark_used(storage: &Storage, state: &str, attempt: SignInAttempt) -> Option<SignInAttempt> {
    let used = SignInAttempt {
        verifier: None,
        ..attempt.clone()
    };
    // A verifier that stays in the storage must not be used.
    write(storage, state, &used).ok()?;
    Some(attempt)
}

/// Removes matching attempts, and those that cannot be read.
fn remove_where(storage: &Storage, matches: impl Fn(&SignInAttempt) -> bool) {
    for state in states(storage) {
        if read(storage, &state).is_none_or(|attempt| matches(&attempt)) {
            // An attempt that stays is refused as expired before long.
            let _ = storage.remove_item(&key(&state));
        }
    }
}

/// The `state` of every stored attempt.
fn states(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|position| storage.key(position).ok()?)
        .filter_map(|key| key.strip_prefix(PREFIX).map(ToOwned::to_owned))
        .collect()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn key(state: &str) -> String {
    format!("{PREFIX}{state}")
}

fn read(storage: &Storage, state: &str) -> Option<SignInAttempt> {
    let text = storage.get_item(&key(state)).ok()??;
    json::read(&text)
}

fn write(storage: &Storage, state: &str, attempt: &SignInAttempt) -> Result<(), StorageForbidden> {
    let text = json::write(attempt).ok_or(StorageForbidden)?;
    let result = storage.set_item(&key(state), &text);
    result.map_err(|_| StorageForbidden)
}
