//! Reads pickles, in which Flask-Session before 0.7 stores sessions, and executes nothing.
//!
//! A pickle is a program for a machine with a stack and a memo; Python's `pickletools` describes
//! every instruction. This reader knows those that Python writes for protocols 2 to 5. It imports
//! no module and makes no object: an instance of a class has no content here, except `uuid.UUID`.
//! A pickle that calls anything but the constructor of a plain value is refused as a whole.
//!
//! Each instruction adds at most one value, and containers hold references to values, so time and
//! memory grow with the length of the pickle only, however its values refer to each other. Nothing
//! here recurses, and no length is believed before the bytes are there.
//!
//! - [`opcode`]: the instructions
//! - [`bytes`]: takes numbers and texts off the front

mod bytes;
mod machine;
mod opcode;

use super::session_value::{self, SessionValue};
use machine::{Machine, Value, ValueId};
use uuid::Uuid;

/// The protocols that Python 3 writes in binary.
const PROTOCOLS: std::ops::RangeInclusive<u8> = 2..=5;

/// Whether the bytes start as a pickle does. To MessagePack the first of them is an empty map,
/// after which nothing may follow.
pub(super) fn is_pickle(bytes: &[u8]) -> bool {
    matches!(bytes, [opcode::PROTO, protocol, ..] if PROTOCOLS.contains(protocol))
}

/// A session in a pickle.
pub(super) struct Pickle<'a> {
    values: Vec<Value<'a>>,
    root: ValueId,
}

impl<'a> Pickle<'a> {
    /// Runs the machine on all bytes. Returns `None` if it meets an instruction that is damaged or
    /// refused.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (values, root) = Machine::run(bytes.get(2..)?)?;
        matches!(values.get(root)?, Value::Dict(_)).then_some(Self { values, root })
    }

    pub(super) fn root(&self) -> PickledValue<'_> {
        PickledValue {
            values: &self.values,
            id: self.root,
        }
    }
}

/// A value of a pickle.
#[derive(Clone, Copy)]
pub(super) struct PickledValue<'v> {
    values: &'v [Value<'v>],
    id: ValueId,
}

impl<'v> SessionValue<'v> for PickledValue<'v> {
    fn get(self, key: &str) -> Option<Self> {
        let Value::Dict(items) = self.values.get(self.id)? else {
            return None;
        };
        let is_key = |id| matches!(self.values.get(id), Some(Value::Text(text)) if *text == key);
        let mut items = items.iter().rev();
        let (_, id) = items.find(|(name, _)| is_key(*name))?;
        Some(Self { id: *id, ..self })
    }

    fn as_bool(self) -> Option<bool> {
        match self.values.get(self.id)? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn as_uuid(self) -> Option<Uuid> {
        match self.values.get(self.id)? {
            Value::Uuid(id) => Some(*id),
            Value::Text(text) => session_value::uuid(text),
            _ => None,
        }
    }
}
