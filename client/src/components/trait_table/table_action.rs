//! The actions of the trait table, and how a click chooses one.

use super::sort_and_filter::SortColumn;
use crate::components::dom::closest_attribute;
use yew::prelude::*;

/// An action of the user. Rows are counted from 0, without the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableAction {
    /// Toggles one row, or selects the range from the row that was toggled last.
    Select {
        row: usize,
        range: bool,
    },
    /// Selects all rows that are shown, or deselects them if all are selected.
    ToggleAll,
    ClearSelection,
    Remove(usize),
    Sort(SortColumn),
}

/// Returns the action of the clicked control, if there is one, and the clicked row.
pub(super) fn click_action(event: &MouseEvent) -> (Option<TableAction>, Option<usize>) {
    let row = closest_attribute(event, "data-place").and_then(|row| row.parse::<usize>().ok());
    let control = closest_attribute(event, "data-act");
    let action = match (control.as_deref(), row) {
        (Some("pick"), Some(row)) => Some(TableAction::Select {
            row,
            range: event.shift_key(),
        }),
        // The second click of a double click was meant for the row that the first one removed.
        (Some("remove"), Some(row)) if event.detail() < 2 => Some(TableAction::Remove(row)),
        (Some("all"), _) => Some(TableAction::ToggleAll),
        (Some("trait"), _) => Some(TableAction::Sort(SortColumn::Trait)),
        (Some("dataset"), _) => Some(TableAction::Sort(SortColumn::Dataset)),
        _ => None,
    };
    (action, row)
}
