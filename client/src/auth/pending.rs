//! Keeps the attempts of this tab in sessionStorage, keyed by `state`.
//!
//! A used attempt stays there without its verifier until it expires, so that a second arrival of the same
//! answer (reload, double click) is told apart from a foreign one.

use super::attempt::Attempt;
use crate::browser::json;
use shared::timestamp::Timestamp;
use web_sys::Storage;

const PREFIX: &str = "gnc:attempt:";

/// The browser forbids storage.
#[derive(Debug)]
pub struct Forbidden;

/// Keeps an attempt, and forgets expired ones.
pub fn keep(state: &str, attempt: &Attempt, now: Timestamp) -> Result<(), Forbidden> {
    let storage = storage().ok_or(Forbidden)?;
    forget_expired(&storage, now);
    write(&storage, state, attempt)
}

/// Takes the attempt that this `state` names. Its verifier is given out only once.
pub fn take(state: &str) -> Option<Attempt> {
    let storage = storage()?;
    let attempt = read(&storage, state)?;
    cross_out(&storage, state, attempt)
}

/// Takes the one attempt that an answer without `state` can belong to: the only one that is pending and
/// fresh. Without a pending one it may be an answer that was taken before; of several, it is nobody's.
pub fn take_only(now: Timestamp) -> Option<Attempt> {
    let storage = storage()?;
    let fresh = |state: String| {
        let attempt = read(&storage, &state)?;
        (!attempt.is_expired(now)).then_some((state, attempt))
    };
    let (pending, used): (Vec<_>, Vec<_>) = states(&storage)
        .into_iter()
        .filter_map(fresh)
        .partition(|(_, attempt)| attempt.verifier.is_some());
    match <[_; 1]>::try_from(pending) {
        Ok([(state, attempt)]) => cross_out(&storage, &state, attempt),
        Err(pending) if pending.is_empty() => {
            let used = used.into_iter().map(|(_, attempt)| attempt);
            used.max_by_key(|attempt| attempt.started)
        }
        Err(_) => None,
    }
}

/// Gives up the attempts that are pending, because a new one takes their place.
pub fn give_up() {
    let Some(storage) = storage() else { return };
    for state in states(&storage) {
        if read(&storage, &state).is_none_or(|attempt| attempt.verifier.is_some()) {
            forget(&storage, &state);
        }
    }
}

fn cross_out(storage: &Storage, state: &str, attempt: Attempt) -> Option<Attempt> {
    let used = Attempt {
        verifier: None,
        ..attempt.clone()
    };
    // A verifier that cannot be crossed out must not be used.
    write(storage, state, &used).ok()?;
    Some(attempt)
}

fn forget_expired(storage: &Storage, now: Timestamp) {
    for state in states(storage) {
        if read(storage, &state).is_none_or(|attempt| attempt.is_expired(now)) {
            forget(storage, &state);
        }
    }
}

fn forget(storage: &Storage, state: &str) {
    // Nothing depends on it: what stays is refused as expired before long.
    let _ = storage.remove_item(&key(state));
}

/// The `state` of every attempt that is kept.
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

fn read(storage: &Storage, state: &str) -> Option<Attempt> {
    let text = storage.get_item(&key(state)).ok()??;
    json::read(&text)
}

fn write(storage: &Storage, state: &str, attempt: &Attempt) -> Result<(), Forbidden> {
    let text = json::write(attempt).ok_or(Forbidden)?;
    storage.set_item(&key(state), &text).map_err(|_| Forbidden)
}
