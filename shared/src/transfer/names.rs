//! Free names for collections that are kept beside one of the same name.

use crate::collection::NameKey;
use std::collections::{HashMap, HashSet};

/// The names that are taken, and where the search for the next free one goes on.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<NameKey>,
    next: HashMap<NameKey, u64>,
}

impl Names {
    /// Marks a name as taken.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(NameKey::of(name));
    }

    /// `name (2)`, or the next number that is free; it is taken from then on.
    pub(super) fn free(&mut self, name: &str) -> String {
        let next = self.next.entry(NameKey::of(name)).or_insert(2);
        loop {
            let candidate = format!("{} ({next})", name.trim());
            *next += 1;
            if self.taken.insert(NameKey::of(&candidate)) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_and_pass_over_what_is_taken() {
        let mut names = Names::default();
        names.take("Top 100");
        names.take("top 100 (3)");
        assert_eq!(names.free("Top 100"), "Top 100 (2)");
        assert_eq!(names.free(" Top 100"), "Top 100 (4)");
    }
}
