//! Free names for collections whose own name is taken.

use crate::collection::NameKey;
use std::collections::{HashMap, HashSet};

/// The taken names, and for each name the number at which the search for a free one continues.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<NameKey>,
    next: HashMap<NameKey, u64>,
}

impl Names {
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(NameKey::of(name));
    }

    /// Returns `name (2)`, or the next free number, and marks that name as taken.
    pub(super) fn next_free(&mut self, name: &str) -> String {
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
    fn numbers_continue_and_skip_taken_names() {
        let mut names = Names::default();
        names.take("Top 100");
        names.take("top 100 (3)");
        assert_eq!(names.next_free("Top 100"), "Top 100 (2)");
        assert_eq!(names.next_free(" Top 100"), "Top 100 (4)");
    }
}
