//! Reads MessagePack, in which Flask-Session 0.8 stores sessions.

use super::session_value::{self, SessionValue};
use rmpv::ValueRef;
use rmpv::decode::read_value_ref_with_max_depth;
use uuid::Uuid;

/// The deepest nesting that is read. A text is two levels for `rmpv`; GN2's sessions have ten.
const MAX_DEPTH: usize = 64;

/// A session in MessagePack.
pub(super) struct MessagePack<'a>(ValueRef<'a>);

impl<'a> MessagePack<'a> {
    /// Reads a value that fills all bytes.
    pub(super) fn read(mut bytes: &'a [u8]) -> Option<Self> {
        let value = read_value_ref_with_max_depth(&mut bytes, MAX_DEPTH).ok()?;
        (bytes.is_empty() && matches!(value, ValueRef::Map(_))).then_some(Self(value))
    }

    pub(super) fn root(&self) -> &ValueRef<'a> {
        &self.0
    }
}

impl<'v> SessionValue<'v> for &'v ValueRef<'_> {
    fn get(self, key: &str) -> Option<Self> {
        let ValueRef::Map(entries) = self else {
            return None;
        };
        let is_key = |name: &ValueRef<'_>| matches!(name, ValueRef::String(text) if text.as_str() == Some(key));
        let mut entries = entries.iter().rev();
        entries.find_map(|(name, value)| is_key(name).then_some(value))
    }

    fn as_bool(self) -> Option<bool> {
        match self {
            ValueRef::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    fn as_uuid(self) -> Option<Uuid> {
        match self {
            ValueRef::String(text) => session_value::uuid(text.as_str()?),
            _ => None,
        }
    }
}
