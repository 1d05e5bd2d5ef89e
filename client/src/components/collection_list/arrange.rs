//! Search and order of the list.

use super::row::Row;
use crate::order;
use crate::text::collections as text;
use crate::text::format::folded;

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Last changed first.
    #[default]
    Changed,
    /// By name, without regard to case.
    Name,
    /// Most members first.
    Size,
}

impl Sort {
    /// Every order, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Name, Self::Size];

    /// Value of the option.
    pub fn value(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Name => "name",
            Self::Size => "size",
        }
    }

    /// Label of the option.
    pub fn label(self) -> &'static str {
        match self {
            Self::Changed => text::SORT_CHANGED,
            Self::Name => text::SORT_NAME,
            Self::Size => text::SORT_SIZE,
        }
    }
}

/// The rows whose names hold `query`, without regard to case, in the wanted order; equal ones keep theirs.
pub fn arrange(rows: &[Row], query: &str, sort: Sort) -> Vec<Row> {
    let query = folded(query.trim());
    let names: Vec<String> = rows.iter().map(|row| folded(row.name.trim())).collect();
    let holds = |at: &usize| query.is_empty() || names[*at].contains(&query);
    let mut shown: Vec<usize> = (0..rows.len()).filter(holds).collect();
    order::sort(&mut shown, &|one, two| match sort {
        Sort::Changed => rows[two].changed.cmp(&rows[one].changed),
        Sort::Name => names[one].cmp(&names[two]),
        Sort::Size => rows[two].num_members.cmp(&rows[one].num_members),
    });
    shown.into_iter().map(|at| rows[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::row::Place;
    use super::*;
    use shared::timestamp::Timestamp;

    fn row(name: &str, num_members: u64, changed: i64) -> Row {
        Row {
            place: Place::Browser {
                id: name.to_owned(),
                imported: false,
            },
            name: name.to_owned().into(),
            num_members,
            changed: Timestamp::from_unix(changed).expect("a point in time"),
        }
    }

    fn names(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| &*row.name).collect()
    }

    #[test]
    fn sorts_by_what_is_asked_for() {
        let rows = [row("b", 3, 1), row("A", 1, 3), row("c", 2, 2)];
        assert_eq!(names(&arrange(&rows, "", Sort::Changed)), ["A", "c", "b"]);
        assert_eq!(names(&arrange(&rows, "", Sort::Name)), ["A", "b", "c"]);
        assert_eq!(names(&arrange(&rows, "", Sort::Size)), ["b", "c", "A"]);
    }

    #[test]
    fn finds_a_part_of_a_name_in_any_case_and_script() {
        let rows = [row("Liver BXD", 1, 1), row("ÉTUDE", 1, 2)];
        assert_eq!(names(&arrange(&rows, " bxd ", Sort::Name)), ["Liver BXD"]);
        assert_eq!(names(&arrange(&rows, "étu", Sort::Name)), ["ÉTUDE"]);
        assert!(arrange(&rows, "kidney", Sort::Name).is_empty());
    }
}
