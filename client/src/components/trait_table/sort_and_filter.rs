//! Which members the trait table shows, and in which order.

use crate::text::format::folded;
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortColumn {
    /// The order in which the members were added.
    #[default]
    Stored,
    Trait,
    /// By dataset, then by trait.
    Dataset,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SortOrder {
    pub column: SortColumn,
    pub descending: bool,
}

impl SortOrder {
    /// Returns the order after a click on a column heading: ascending, then descending, then as
    /// stored.
    #[must_use]
    pub fn after_click(self, column: SortColumn) -> Self {
        match (self.column == column, self.descending) {
            (true, true) => Self::default(),
            (is_same, _) => Self {
                column,
                descending: is_same,
            },
        }
    }
}

/// Returns the positions in `members` of those that contain `query` in any case, in order.
pub fn filter_and_sort(members: &[String], query: &str, order: SortOrder) -> Vec<usize> {
    let query = folded(query.trim());
    let matches = |at: &usize| query.is_empty() || folded(&members[*at]).contains(&query);
    let mut shown: Vec<usize> = (0..members.len()).filter(matches).collect();
    if order.column == SortColumn::Stored {
        return shown;
    }
    let folded: Vec<String> = members.iter().map(|member| folded(member)).collect();
    let parts = |at: usize| folded[at].split_once(':').unwrap_or((&folded[at], ""));
    shown.sort_by(|a, b| {
        let ((trait_a, dataset_a), (trait_b, dataset_b)) = (parts(*a), parts(*b));
        let by_trait = compare_numbers_first(trait_a, trait_b);
        let by_dataset = dataset_a.cmp(dataset_b);
        let ordering = match order.column {
            SortColumn::Dataset => by_dataset.then(by_trait),
            SortColumn::Stored | SortColumn::Trait => by_trait.then(by_dataset),
        };
        if order.descending {
            ordering.reverse()
        } else {
            ordering
        }
    });
    shown
}

/// Compares by the leading number, so that 9 comes before 10, then by text. Names without a number
/// come last.
fn compare_numbers_first(a: &str, b: &str) -> Ordering {
    let number = |text: &str| {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        text[..end].parse::<u64>().unwrap_or(u64::MAX)
    };
    number(a).cmp(&number(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(members: &[&str], query: &str, order: SortOrder) -> Vec<usize> {
        let members: Vec<String> = members.iter().map(ToString::to_string).collect();
        filter_and_sort(&members, query, order)
    }

    fn by(column: SortColumn, descending: bool) -> SortOrder {
        SortOrder { column, descending }
    }

    const MEMBERS: [&str; 5] = ["10:B", "b:A", "9:A", "A:B", "10:A"];

    #[test]
    fn members_keep_their_stored_order_by_default() {
        assert_eq!(shown(&MEMBERS, "", SortOrder::default()), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn numbers_sort_by_size_and_before_words_in_any_case() {
        let upwards = shown(&MEMBERS, "", by(SortColumn::Trait, false));
        assert_eq!(upwards, [2, 4, 0, 3, 1]);
        let mut downwards = shown(&MEMBERS, "", by(SortColumn::Trait, true));
        downwards.reverse();
        assert_eq!(downwards, upwards);
        assert_eq!(
            shown(&MEMBERS, "", by(SortColumn::Dataset, false)),
            [2, 4, 1, 0, 3]
        );
    }

    #[test]
    fn filter_matches_parts_of_trait_and_dataset_in_any_case() {
        assert_eq!(shown(&MEMBERS, " :a", SortOrder::default()), [1, 2, 4]);
        assert_eq!(
            shown(&MEMBERS, "B", by(SortColumn::Trait, false)),
            [0, 3, 1]
        );
        assert_eq!(shown(&["ÉTUDE:D", "x"], "étu", SortOrder::default()), [0]);
        assert!(shown(&MEMBERS, "nothing", SortOrder::default()).is_empty());
    }

    #[test]
    fn heading_clicks_sort_ascending_descending_and_not_at_all() {
        let up = SortOrder::default().after_click(SortColumn::Trait);
        assert_eq!(up, by(SortColumn::Trait, false));
        let down = up.after_click(SortColumn::Trait);
        assert_eq!(down, by(SortColumn::Trait, true));
        assert_eq!(down.after_click(SortColumn::Trait), SortOrder::default());
        assert_eq!(
            down.after_click(SortColumn::Dataset),
            by(SortColumn::Dataset, false)
        );
    }

    #[test]
    fn odd_members_are_sorted_too() {
        let odd = ["", ":D", "99999999999999999999999:D", "no-colon", "1"];
        assert_eq!(
            shown(&odd, "", by(SortColumn::Trait, false)),
            [4, 0, 1, 2, 3]
        );
    }
}
