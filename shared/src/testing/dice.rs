//! Decisions taken from bytes.

/// The same bytes give the same decisions. When they are used up, every further decision is the first
/// choice, which is the plainest one: so shorter and smaller bytes mean a simpler case.
pub struct Dice<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Dice<'a> {
    /// Decisions from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    /// A number below `count`, which is at most 256; 0 if `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = self.bytes.next().copied().unwrap_or_default();
        usize::from(byte).checked_rem(count).unwrap_or_default()
    }

    /// True once in `count` times.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) + 1 == count
    }

    /// One of these.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}
