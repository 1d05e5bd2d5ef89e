//! The history of a collection in an account's list, as it is stored beside the list, and requests that come again.

use super::replace::{content, replace};
use super::{CannotEdit, Edited, find, summary};
use crate::api::PatchCollection;
use crate::collection::{hex, version};
use crate::history::{Content, Ledger, Made};
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A request for a change, as its repetition is known by: hex SHA-256 of what is asked for and of the version that it was
/// decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked(String);

impl Asked {
    /// [`super::patch`] of a collection that was seen in this version.
    pub fn patch(seen: &str, request: &PatchCollection) -> Self {
        // Texts and lists of texts: writing them cannot fail.
        Self::of(seen, &serde_json::to_vec(request).unwrap_or_default())
    }

    /// [`go_back`] over the change of this number.
    pub fn go_back(seen: &str, number: u32) -> Self {
        Self::of(seen, &number.to_be_bytes())
    }

    fn of(seen: &str, what: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(seen);
        hash.update([0]);
        hash.update(what);
        Self(hex(&hash.finalize()))
    }
}

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
    Ok(match read(ledger) {
        Some(mut ledger) => {
            ledger.observe(found, collection.changed.unwrap_or(now));
            ledger
        }
        None => Ledger::new(found),
    })
}

/// The history after an edit that was asked for so, to be stored with the list; `before` is [`ledger`] of the list before it.
///
/// # Errors
/// As [`ledger`].
pub fn after(
    edited: &Edited,
    mut before: Ledger,
    now: Timestamp,
    asked: Asked,
) -> Result<String, CannotEdit> {
    let list = edited.list.as_deref().map(str::as_bytes);
    let stored = StoredList::read(list)?;
    let (_, _, collection) = find(&stored, edited.summary.id).ok_or(CannotEdit::NotFound)?;
    let made = Made {
        request: asked.0,
        version: edited.version.clone(),
    };
    before.note(content(collection), now, made);
    Ok(serde_json::to_string(&before).unwrap_or_default())
}

/// What the same request has come to before, if the collection is still exactly what it made of it. Then nobody else has
/// changed anything since the version that the request names, and to do it again is to do nothing.
pub fn repeated(
    list: Option<&[u8]>,
    ledger: Option<&[u8]>,
    id: Uuid,
    asked: &Asked,
    now: Timestamp,
) -> Option<Edited> {
    let ledger = read(ledger)?;
    let led_to = ledger.led_to(&asked.0)?;
    let stored = StoredList::read(list).ok()?;
    let (_, entry, collection) = find(&stored, id)?;
    (version(entry.raw) == led_to).then(|| Edited {
        list: None,
        summary: summary(id, collection, now),
        version: led_to.to_owned(),
    })
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

fn read(ledger: Option<&[u8]>) -> Option<Ledger> {
    serde_json::from_slice(ledger?).ok()
}
