//! What is selected of a list that can be searched and sorted.

use std::collections::BTreeSet;

/// The selected ones, each by a text that tells it from all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: BTreeSet<String>,
    /// Where a range starts: what was selected or left last.
    anchor: Option<String>,
}

impl Selection {
    /// Whether this one is selected.
    pub fn has(&self, key: &str) -> bool {
        self.chosen.contains(key)
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Selects it, or leaves it if it is selected.
    pub fn toggle(&mut self, key: &str) {
        let on = !self.has(key);
        self.set(key, on);
        self.anchor = Some(key.to_owned());
    }

    /// Selects everything from the last one that was touched to this one, in the order in which they are `shown`; a
    /// range without a start is this one only.
    pub fn extend_to(&mut self, key: &str, shown: &[&str]) {
        let place = |key: &str| shown.iter().position(|one| *one == key);
        let Some(end) = place(key) else { return };
        let start = self.anchor.as_deref().and_then(place).unwrap_or(end);
        for one in &shown[start.min(end)..=start.max(end)] {
            self.set(one, true);
        }
        self.anchor = Some(key.to_owned());
    }

    /// Selects all of these, or none of them.
    pub fn set_all(&mut self, shown: &[&str], on: bool) {
        for one in shown {
            self.set(one, on);
        }
    }

    /// Selects one or leaves it.
    fn set(&mut self, key: &str, on: bool) {
        if on {
            self.chosen.insert(key.to_owned());
        } else {
            self.chosen.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn chosen(selection: &Selection) -> Vec<&str> {
        let all = SHOWN.iter().copied();
        all.filter(|key| selection.has(key)).collect()
    }

    #[test]
    fn a_range_goes_from_the_last_touched_one_in_either_direction() {
        let mut selection = Selection::default();
        selection.toggle("d");
        selection.extend_to("b", &SHOWN);
        assert_eq!(chosen(&selection), ["b", "c", "d"]);
        selection.extend_to("a", &SHOWN);
        assert_eq!(chosen(&selection), ["a", "b", "c", "d"]);
        selection.toggle("a");
        assert_eq!(chosen(&selection), ["b", "c", "d"]);
    }

    #[test]
    fn a_range_from_nowhere_is_one() {
        let mut selection = Selection::default();
        selection.extend_to("c", &SHOWN);
        assert_eq!(chosen(&selection), ["c"]);
        selection.toggle("hidden");
        selection.extend_to("e", &SHOWN);
        assert_eq!(chosen(&selection), ["c", "e"]);
        selection.extend_to("not shown", &SHOWN);
        assert_eq!(chosen(&selection), ["c", "e"]);
    }

    #[test]
    fn all_that_is_shown_leaves_the_others_alone() {
        let mut selection = Selection::default();
        selection.toggle("a");
        selection.set_all(&["c", "d"], true);
        assert_eq!(chosen(&selection), ["a", "c", "d"]);
        selection.set_all(&["a", "c"], false);
        assert_eq!(chosen(&selection), ["d"]);
        assert!(!selection.is_empty());
    }
}
