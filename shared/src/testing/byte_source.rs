//! Decisions made from bytes.

/// A source of decisions. The same bytes give the same decisions.
///
/// When the bytes are used up, every decision is the first choice, which is the simplest one. So
/// shorter and smaller bytes give a simpler case.
pub struct ByteSource<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> ByteSource<'a> {
    /// Makes decisions from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    /// Returns the next byte, or 0 if there is none.
    pub fn byte(&mut self) -> u8 {
        self.bytes.next().copied().unwrap_or_default()
    }

    /// Returns a number below `count`, which is at most 256. Returns 0 if `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = self.byte();
        usize::from(byte).checked_rem(count).unwrap_or_default()
    }

    /// Returns true once in `count` times.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) + 1 == count
    }

    /// Picks a choice.
    ///
    /// # Panics
    /// When there are no choices.
    pub fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}
