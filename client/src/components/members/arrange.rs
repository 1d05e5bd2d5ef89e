//! Which members the table shows, and in which order.

use crate::order::sort;
use crate::text::format::folded;
use std::cmp::Ordering;

/// By what the table is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// By nothing: in the order in which they were added.
    #[default]
    Stored,
    /// By the trait's name.
    Trait,
    /// By the dataset, then by the trait.
    Dataset,
}

/// The order of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// The column that decides.
    pub column: Column,
    /// Whether the last comes first.
    pub descending: bool,
}

impl Order {
    /// The order after a press on the heading of a column: upwards, downwards, as stored.
    #[must_use]
    pub fn press(self, column: Column) -> Self {
        if self.column != column {
            Self {
                column,
                descending: false,
            }
        } else if self.descending {
            Self::default()
        } else {
            Self {
                column,
                descending: true,
            }
        }
    }
}

/// Positions in `members` of those that hold `query`, without regard to case, in the wanted order.
pub fn arrange(members: &[String], query: &str, order: Order) -> Vec<usize> {
    let query = folded(query.trim());
    let holds = |at: &usize| query.is_empty() || folded(&members[*at]).contains(&query);
    let mut shown: Vec<usize> = (0..members.len()).filter(holds).collect();
    if order.column != Column::Stored {
        let keys: Vec<String> = members.iter().map(|member| folded(member)).collect();
        let parts = |at: usize| keys[at].split_once(':').unwrap_or((&keys[at], ""));
        sort(&mut shown, &|one, two| {
            let ((trait_1, dataset_1), (trait_2, dataset_2)) = (parts(one), parts(two));
            let by_trait = || natural(trait_1, trait_2);
            let compared = match order.column {
                Column::Dataset => dataset_1.cmp(dataset_2).then_with(by_trait),
                Column::Stored | Column::Trait => by_trait().then_with(|| dataset_1.cmp(dataset_2)),
            };
            if order.descending {
                compared.reverse()
            } else {
                compared
            }
        });
    }
    shown
}

/// Names of traits begin with numbers more often than not: 9 comes before 10.
fn natural(one: &str, two: &str) -> Ordering {
    let number = |text: &str| {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        // No number comes after every number.
        text[..end].parse::<u64>().unwrap_or(u64::MAX)
    };
    number(one).cmp(&number(two)).then_with(|| one.cmp(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(members: &[&str], query: &str, order: Order) -> Vec<usize> {
        let members: Vec<String> = members.iter().map(ToString::to_string).collect();
        arrange(&members, query, order)
    }

    fn by(column: Column, descending: bool) -> Order {
        Order { column, descending }
    }

    const MEMBERS: [&str; 5] = ["10:B", "b:A", "9:A", "A:B", "10:A"];

    #[test]
    fn the_stored_order_is_kept_until_another_is_wanted() {
        assert_eq!(shown(&MEMBERS, "", Order::default()), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn numbers_come_by_their_size_and_before_words_in_any_case() {
        let upwards = shown(&MEMBERS, "", by(Column::Trait, false));
        assert_eq!(upwards, [2, 4, 0, 3, 1]);
        let mut downwards = shown(&MEMBERS, "", by(Column::Trait, true));
        downwards.reverse();
        assert_eq!(downwards, upwards);
        assert_eq!(
            shown(&MEMBERS, "", by(Column::Dataset, false)),
            [2, 4, 1, 0, 3]
        );
    }

    #[test]
    fn finds_a_part_of_trait_or_dataset_in_any_case() {
        assert_eq!(shown(&MEMBERS, " :a", Order::default()), [1, 2, 4]);
        assert_eq!(shown(&MEMBERS, "B", by(Column::Trait, false)), [0, 3, 1]);
        assert_eq!(shown(&["ÉTUDE:D", "x"], "étu", Order::default()), [0]);
        assert!(shown(&MEMBERS, "nothing", Order::default()).is_empty());
    }

    #[test]
    fn a_heading_goes_up_down_and_back() {
        let up = Order::default().press(Column::Trait);
        assert_eq!(up, by(Column::Trait, false));
        let down = up.press(Column::Trait);
        assert_eq!(down, by(Column::Trait, true));
        assert_eq!(down.press(Column::Trait), Order::default());
        assert_eq!(down.press(Column::Dataset), by(Column::Dataset, false));
    }

    #[test]
    fn odd_members_are_sorted_too() {
        let odd = ["", ":D", "99999999999999999999999:D", "no-colon", "1"];
        assert_eq!(shown(&odd, "", by(Column::Trait, false)), [4, 0, 1, 2, 3]);
    }
}
