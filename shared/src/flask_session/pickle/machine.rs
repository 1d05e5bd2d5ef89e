//! The machine that a pickle is a program for.

use super::bytes::Bytes;
use super::opcode as op;
use std::collections::HashMap;
use uuid::Uuid;

/// The position of a value in [`Machine::values`].
pub(super) type ValueId = usize;

/// A value, as far as a session is read.
pub(super) enum Value<'a> {
    Bool(bool),
    /// A whole number from 0 to 2¹²⁸ - 1.
    Number(u128),
    Text(&'a str),
    /// Keys and values in the order in which they were set.
    Dict(Vec<(ValueId, ValueId)>),
    /// The name of a class or function. Nothing is imported.
    Global {
        module: &'a str,
        name: &'a str,
    },
    Uuid(Uuid),
    /// A `uuid.UUID` that has no content yet.
    NewUuid,
    /// Anything else: lists, other numbers, instances of other classes.
    Opaque,
}

/// The callables that Python names in the pickles of plain values. All of them make a value of
/// their arguments; `_codecs.encode` makes bytes in protocol 2.
const CONSTRUCTORS: [(&str, &str); 7] = [
    ("_codecs", "encode"),
    ("collections", "OrderedDict"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
];

pub(super) struct Machine<'a> {
    input: Bytes<'a>,
    values: Vec<Value<'a>>,
    stack: Vec<ValueId>,
    /// The height of the stack at each mark.
    marks: Vec<usize>,
    memo: HashMap<u64, ValueId>,
}

impl<'a> Machine<'a> {
    /// Runs the instructions that follow the protocol. Returns all values, and the position of the
    /// result.
    pub(super) fn run(instructions: &'a [u8]) -> Option<(Vec<Value<'a>>, ValueId)> {
        let mut machine = Self {
            input: Bytes::new(instructions),
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        };
        loop {
            let code = machine.input.take(1)?[0];
            if code == op::STOP {
                break;
            }
            machine.step(code)?;
        }
        let root = machine.pop()?;
        let is_end = machine.input.is_empty() && machine.stack.is_empty();
        is_end.then_some((machine.values, root))
    }

    /// Carries out an instruction. Returns `None` if it is damaged, unknown or refused.
    fn step(&mut self, code: u8) -> Option<()> {
        match code {
            op::FRAME => drop(self.input.take(8)?),
            op::MARK => self.marks.push(self.stack.len()),
            op::POP => drop(self.pop()?),
            op::POP_MARK => drop(self.pop_to_mark()?),
            op::TUPLE | op::FROZENSET => {
                self.pop_to_mark()?;
                self.push(Value::Opaque);
            }
            op::TUPLE1 | op::TUPLE2 | op::TUPLE3 => {
                for _ in op::TUPLE1..=code {
                    self.pop()?;
                }
                self.push(Value::Opaque);
            }
            op::APPEND => {
                self.pop()?;
                self.opaque_top()?;
            }
            op::APPENDS | op::ADDITEMS => {
                self.pop_to_mark()?;
                self.opaque_top()?;
            }
            op::SETITEM => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.set_items(&[key, value])?;
            }
            op::SETITEMS => {
                let items = self.pop_to_mark()?;
                self.set_items(&items)?;
            }
            op::MEMOIZE => self.put(self.memo.len() as u64)?,
            op::BINPUT | op::LONG_BINPUT => {
                let key = self.input.number(if code == op::BINPUT { 1 } else { 4 })?;
                self.put(key)?;
            }
            op::BINGET | op::LONG_BINGET => {
                let key = self.input.number(if code == op::BINGET { 1 } else { 4 })?;
                self.stack.push(*self.memo.get(&key)?);
            }
            op::STACK_GLOBAL => {
                let name = self.pop_text()?;
                let module = self.pop_text()?;
                self.push(Value::Global { module, name });
            }
            op::REDUCE => {
                self.pop()?;
                let callable = self.pop_global()?;
                CONSTRUCTORS.contains(&callable).then_some(())?;
                self.push(Value::Opaque);
            }
            op::NEWOBJ | op::NEWOBJ_EX => {
                for _ in 0..=usize::from(code == op::NEWOBJ_EX) {
                    self.pop()?;
                }
                let is_uuid = self.pop_global()? == ("uuid", "UUID");
                self.push(if is_uuid {
                    Value::NewUuid
                } else {
                    Value::Opaque
                });
            }
            op::BUILD => self.build()?,
            _ => {
                let value = self.literal(code)?;
                self.push(value);
            }
        }
        Some(())
    }

    /// Reads a value that an instruction holds itself. Returns `None` if it is damaged, unknown or
    /// refused.
    fn literal(&mut self, code: u8) -> Option<Value<'a>> {
        let input = &mut self.input;
        Some(match code {
            op::NONE | op::EMPTY_LIST | op::EMPTY_TUPLE | op::EMPTY_SET => Value::Opaque,
            op::NEWTRUE => Value::Bool(true),
            op::NEWFALSE => Value::Bool(false),
            op::EMPTY_DICT => Value::Dict(Vec::new()),
            op::BININT1 => Value::Number(input.number(1)?.into()),
            op::BININT2 => Value::Number(input.number(2)?.into()),
            op::BININT => whole_number(input.take(4)?),
            op::LONG1 => whole_number(input.with_length(1)?),
            op::LONG4 => whole_number(input.with_length(4)?),
            op::SHORT_BINUNICODE => text(input.with_length(1)?),
            op::BINUNICODE => text(input.with_length(4)?),
            op::BINUNICODE8 => text(input.with_length(8)?),
            op::BINFLOAT => opaque(input.take(8)?),
            op::SHORT_BINBYTES => opaque(input.with_length(1)?),
            op::BINBYTES => opaque(input.with_length(4)?),
            op::BINBYTES8 | op::BYTEARRAY8 => opaque(input.with_length(8)?),
            op::GLOBAL => Value::Global {
                module: input.line()?,
                name: input.line()?,
            },
            _ => return None,
        })
    }

    fn push(&mut self, value: Value<'a>) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    /// Removes the topmost value, unless it lies under a mark.
    fn pop(&mut self) -> Option<ValueId> {
        let floor = self.marks.last().copied().unwrap_or_default();
        (self.stack.len() > floor).then(|| self.stack.pop())?
    }

    /// Removes the topmost mark and all values above it.
    fn pop_to_mark(&mut self) -> Option<Vec<ValueId>> {
        let height = self.marks.pop()?;
        Some(self.stack.split_off(height))
    }

    fn pop_text(&mut self) -> Option<&'a str> {
        let id = self.pop()?;
        match self.values.get(id)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn pop_global(&mut self) -> Option<(&'a str, &'a str)> {
        let id = self.pop()?;
        match self.values.get(id)? {
            Value::Global { module, name } => Some((module, name)),
            _ => None,
        }
    }

    fn top(&self) -> Option<ValueId> {
        let floor = self.marks.last().copied().unwrap_or_default();
        self.stack.get(floor..)?.last().copied()
    }

    /// Checks that the topmost value is one that may contain others.
    fn opaque_top(&self) -> Option<()> {
        matches!(self.values.get(self.top()?)?, Value::Opaque).then_some(())
    }

    fn put(&mut self, key: u64) -> Option<()> {
        self.memo.insert(key, self.top()?);
        Some(())
    }

    /// Adds keys and values in turn to the topmost value. Subclasses of `dict` are opaque.
    fn set_items(&mut self, items: &[ValueId]) -> Option<()> {
        let (pairs, rest) = items.as_chunks::<2>();
        let top = self.top()?;
        match self.values.get_mut(top)? {
            Value::Dict(entries) => entries.extend(pairs.iter().map(|[key, value]| (*key, *value))),
            Value::Opaque => {}
            _ => return None,
        }
        rest.is_empty().then_some(())
    }

    /// Gives the topmost instance its content, which a UUID has under `int`.
    fn build(&mut self) -> Option<()> {
        let state = self.pop()?;
        let top = self.top()?;
        match self.values.get(top)? {
            Value::Opaque => {}
            Value::NewUuid => {
                let Value::Dict(items) = self.values.get(state)? else {
                    return None;
                };
                let is_int = |id| matches!(self.values.get(id), Some(Value::Text("int")));
                let (_, int) = items.iter().rev().find(|(key, _)| is_int(*key))?;
                let Value::Number(number) = self.values.get(*int)? else {
                    return None;
                };
                self.values[top] = Value::Uuid(Uuid::from_u128(*number));
            }
            _ => return None,
        }
        Some(())
    }
}

fn opaque(_: &[u8]) -> Value<'_> {
    Value::Opaque
}

fn text(bytes: &[u8]) -> Value<'_> {
    // Python also writes lone surrogates, which no name that we look for has.
    std::str::from_utf8(bytes).map_or(Value::Opaque, Value::Text)
}

/// Reads a whole number in two's complement, the lowest byte first. Negative and larger ones are
/// opaque.
fn whole_number<'a>(bytes: &[u8]) -> Value<'a> {
    let is_negative = bytes.last().is_some_and(|highest| highest & 0x80 != 0);
    let (low, high) = bytes.split_at(bytes.len().min(16));
    if is_negative || high.iter().any(|byte| *byte != 0) {
        return Value::Opaque;
    }
    let mut number = [0; 16];
    number[..low.len()].copy_from_slice(low);
    Value::Number(u128::from_le_bytes(number))
}
