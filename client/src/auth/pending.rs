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
    let attempt = read(&storage, &key(state))?;
    let used = Attempt {
        verifier: None,
        ..attempt.clone()
    };
    // A verifier that cannot be crossed out must not be used.
    write(&storage, state, &used).ok()?;
    Some(attempt)
}

fn forget_expired(storage: &Storage, now: Timestamp) {
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count)
        .filter_map(|position| storage.key(position).ok()?)
        .filter(|key| key.starts_with(PREFIX))
        .collect();
    for key in keys {
        if read(storage, &key).is_none_or(|attempt| attempt.is_expired(now)) {
            // Nothing depends on it: it is refused as expired anyway.
            let _ = storage.remove_item(&key);
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn key(state: &str) -> String {
    format!("{PREFIX}{state}")
}

fn read(storage: &Storage, key: &str) -> Option<Attempt> {
    let text = storage.get_item(key).ok()??;
    json::read(&text)
}

fn write(storage: &Storage, state: &str, attempt: &Attempt) -> Result<(), Forbidden> {
    let text = json::write(attempt).ok_or(Forbidden)?;
    storage.set_item(&key(state), &text).map_err(|_| Forbidden)
}
