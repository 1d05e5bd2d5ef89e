//! The selected items of a list that can be searched and sorted.

use std::collections::BTreeSet;

/// The selected items, by keys that are unique in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    selected: BTreeSet<String>,
    /// The item that was selected or deselected last, where a range starts.
    anchor: Option<String>,
}

impl Selection {
    pub fn contains(&self, key: &str) -> bool {
        self.selected.contains(key)
    }

    pub fn is_empty(&self) -> bool {
        self.selected.is_empty()
    }

    pub fn toggle(&mut self, key: &str) {
        let on = !self.contains(key);
        self.set(key, on);
        self.anchor = Some(key.to_owned());
    }

    /// Selects the items from the anchor to this item, in the order in which they are `shown`.
    /// Without an anchor it selects only this item.
    pub fn extend_to(&mut self, key: &str, shown: &[impl AsRef<str>]) {
        let position = |key: &str| shown.iter().position(|one| one.as_ref() == key);
        let Some(end) = position(key) else { return };
        let start = self.anchor.as_deref().and_then(position).unwrap_or(end);
        self.set_all(&shown[start.min(end)..=start.max(end)], true);
        self.anchor = Some(key.to_owned());
    }

    /// Selects `new` in place of `old`, if that is selected.
    pub fn rename(&mut self, old: &str, new: &str) {
        if self.selected.remove(old) {
            self.set(new, true);
        }
        if self.anchor.as_deref() == Some(old) {
            self.anchor = Some(new.to_owned());
        }
    }

    pub fn set_all(&mut self, keys: &[impl AsRef<str>], on: bool) {
        for key in keys {
            self.set(key.as_ref(), on);
        }
    }

    fn set(&mut self, key: &str, on: bool) {
        if on {
            self.selected.insert(key.to_owned());
        } else {
            self.selected.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn selected(selection: &Selection) -> Vec<&str> {
        let all = SHOWN.iter().copied();
        all.filter(|key| selection.contains(key)).collect()
    }

    #[test]
    fn renamed_item_stays_selected_and_keeps_the_anchor() {
        let mut selection = Selection::default();
        selection.toggle("x");
        selection.rename("x", "b");
        selection.rename("y", "a");
        assert_eq!(selected(&selection), ["b"]);
        selection.extend_to("d", &SHOWN);
        assert_eq!(selected(&selection), ["b", "c", "d"]);
    }

    #[test]
    fn range_extends_from_the_anchor_in_either_direction() {
        let mut selection = Selection::default();
        selection.toggle("d");
        selection.extend_to("b", &SHOWN);
        assert_eq!(selected(&selection), ["b", "c", "d"]);
        selection.extend_to("a", &SHOWN);
        assert_eq!(selected(&selection), ["a", "b", "c", "d"]);
        selection.toggle("a");
        assert_eq!(selected(&selection), ["b", "c", "d"]);
    }

    #[test]
    fn range_without_an_anchor_is_one_item() {
        let mut selection = Selection::default();
        selection.extend_to("c", &SHOWN);
        assert_eq!(selected(&selection), ["c"]);
        selection.toggle("hidden");
        selection.extend_to("e", &SHOWN);
        assert_eq!(selected(&selection), ["c", "e"]);
        selection.extend_to("not shown", &SHOWN);
        assert_eq!(selected(&selection), ["c", "e"]);
    }

    #[test]
    fn selecting_all_shown_items_keeps_the_other_items() {
        let mut selection = Selection::default();
        selection.toggle("a");
        selection.set_all(&["c", "d"], true);
        assert_eq!(selected(&selection), ["a", "c", "d"]);
        selection.set_all(&["a", "c"], false);
        assert_eq!(selected(&selection), ["d"]);
        assert!(!selection.is_empty());
    }
}
