//! Which collections the list shows, and in which order.

use crate::browser::collation::sort_by_name;
use crate::state::collection_row::CollectionRow;
use crate::text::collections as text;
use crate::text::format::folded;
use std::cmp::Reverse;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Last changed first.
    #[default]
    Changed,
    Name,
    /// Largest first.
    Size,
}

impl SortBy {
    /// All orders as the page offers them.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Name, Self::Size];

    /// Returns the name in the address, which is empty for the usual order.
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "",
            Self::Name => "name",
            Self::Size => "size",
        }
    }

    /// Returns the order with this name, or the usual one.
    pub fn from_name(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|sort| sort.name() == name).unwrap_or_default()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Changed => text::SORT_CHANGED,
            Self::Name => text::SORT_NAME,
            Self::Size => text::SORT_SIZE,
        }
    }
}

/// Returns the rows whose names contain each word of `query`, in any case and with any accents, in
/// the given order.
pub fn filter_and_sort(rows: &[CollectionRow], query: &str, sort: SortBy) -> Vec<CollectionRow> {
    let query = folded(query);
    let is_found = |row: &&CollectionRow| {
        let (name, mut words) = (folded(&row.name), query.split_whitespace());
        words.all(|word| name.contains(word))
    };
    let mut shown: Vec<CollectionRow> = rows.iter().filter(is_found).cloned().collect();
    match sort {
        SortBy::Changed => shown.sort_by_key(|row| Reverse(row.changed)),
        SortBy::Name => sort_by_name(&mut shown, |row| &row.name),
        SortBy::Size => shown.sort_by_key(|row| Reverse(row.num_members)),
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::collection_row::CollectionLocation;
    use shared::timestamp::Timestamp;

    fn row(name: &str, num_members: u64, changed: i64) -> CollectionRow {
        CollectionRow {
            location: CollectionLocation::Browser {
                id: name.to_owned(),
                imported: false,
            },
            name: name.to_owned().into(),
            num_members,
            changed: Timestamp::from_unix(changed).expect("a point in time"),
            browser_copy: None,
        }
    }

    fn names(rows: &[CollectionRow]) -> Vec<&str> {
        rows.iter().map(|row| &*row.name).collect()
    }

    #[test]
    fn rows_sort_by_date_or_size() {
        let rows = [row("b", 3, 1), row("A", 1, 3), row("c", 2, 2)];
        assert_eq!(
            names(&filter_and_sort(&rows, "", SortBy::Changed)),
            ["A", "c", "b"]
        );
        assert_eq!(
            names(&filter_and_sort(&rows, "", SortBy::Size)),
            ["b", "c", "A"]
        );
    }

    #[test]
    fn search_finds_every_word_in_any_case_and_script() {
        let rows = [row("Liver BXD", 1, 1), row("ÉTUDE", 1, 2)];
        assert_eq!(
            names(&filter_and_sort(&rows, " bxd  liv ", SortBy::Size)),
            ["Liver BXD"]
        );
        assert_eq!(
            names(&filter_and_sort(&rows, "étu", SortBy::Size)),
            ["ÉTUDE"]
        );
        assert!(filter_and_sort(&rows, "liver kidney", SortBy::Size).is_empty());
    }
}
