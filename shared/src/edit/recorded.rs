//! The history of a collection in an account's list, as it is stored beside the list.

use super::replace::{content, replace};
use super::{CannotEdit, Edited, find};
use crate::history::{Content, Ledger};
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// The history of the collection with this id as it is now, other programs' changes included: `ledger` is what is
/// stored of it. A history that cannot be read begins anew, and keeps nobody from editing.
///
/// # Errors
/// [`CannotEdit::NotFound`] or [`CannotEdit::Unreadable`].
pub fn ledger(
    list: Option<&[u8]>,
    ledger: Option<&[u8]>,
    id: Uuid,
    now: Timestamp,
) -> Result<Ledger, CannotEdit> {
    let stored = StoredList::read(list)?;
    let (_, _, collection) = find(&stored, id).ok_or(CannotEdit::NotFound)?;
    let found = content(collection);
    let ledger = ledger.and_then(|json| serde_json::from_slice::<Ledger>(json).ok());
    Ok(match ledger {
        Some(mut ledger) => {
            ledger.observe(found, collection.changed.unwrap_or(now));
            ledger
        }
        None => Ledger::new(found),
    })
}

/// The history after an edit, to be stored with the list; `before` is [`ledger`] of the list before it.
///
/// # Errors
/// As [`ledger`].
pub fn after(edited: &Edited, mut before: Ledger, now: Timestamp) -> Result<String, CannotEdit> {
    let list = edited.list.as_deref().map(str::as_bytes);
    let stored = StoredList::read(list)?;
    let (_, _, collection) = find(&stored, edited.summary.id).ok_or(CannotEdit::NotFound)?;
    before.note(content(collection), now);
    Ok(serde_json::to_string(&before).unwrap_or_default())
}

/// Makes a collection what it was before the change of this number.
///
/// # Errors
/// [`CannotEdit`], and [`CannotEdit::NotFound`] when that change is not kept.
pub fn go_back(
    list: Option<&[u8]>,
    history: &Ledger,
    id: Uuid,
    seen: &str,
    number: u32,
    now: Timestamp,
) -> Result<Edited, CannotEdit> {
    let past: Option<Content> = history.before(number);
    replace(list, id, seen, &past.ok_or(CannotEdit::NotFound)?, now)
}
