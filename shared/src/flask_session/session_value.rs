//! A value of a session, whatever its format.

use uuid::Uuid;

/// A borrowed value of a session.
pub(super) trait SessionValue<'v>: Copy + 'v {
    /// Returns the value under a key of a dictionary. Of equal keys the last one counts, as in
    /// Python.
    fn get(self, key: &str) -> Option<Self>;
    /// Returns a boolean value.
    fn as_bool(self) -> Option<bool>;
    /// Returns a UUID, which MessagePack holds as text.
    fn as_uuid(self) -> Option<Uuid>;
}

/// Parses a UUID that is spelled as Python and Redis spell it.
pub(super) fn uuid(text: &str) -> Option<Uuid> {
    let id = Uuid::parse_str(text).ok()?;
    (id.hyphenated().to_string() == text).then_some(id)
}
