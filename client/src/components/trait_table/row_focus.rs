//! Keeps the focus on its trait when the collection changes: the next key press must not reach the
//! button of another trait that has moved to the same row.

use super::trait_row::row_id;
use crate::components::dom::{focus_heading, focus_selector};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The members in stored order, and the positions in them of the rows.
pub(super) type TableRows = (Rc<[String]>, Rc<Vec<usize>>);

/// Returns the row that shows after a change the member that `row` showed before it.
pub(super) fn new_row(
    (old_members, old_shown): &TableRows,
    (members, shown): &TableRows,
    row: usize,
) -> Option<usize> {
    let member = &old_members[*old_shown.get(row)?];
    shown.iter().position(|at| members[*at] == *member)
}

/// Moves the focus with its row after the members have changed. `is_removing` says that this tab
/// removed members itself: then rows may move up under the focus.
#[hook]
pub(super) fn use_row_focus(rows: TableRows, is_removing: Rc<RefCell<bool>>) {
    let previous = use_mut_ref(|| None::<TableRows>);
    use_effect_with(rows, move |rows| {
        let before = previous.replace(Some(rows.clone()));
        if is_removing.replace(false) {
            restore_lost_focus();
        } else if let Some(before) = before.filter(|before| before.0 != rows.0) {
            follow_focused_row(&before, rows);
        }
    });
}

/// Moves the focus to the grid, or else to the last row, if the focused element was removed with
/// its row or with the selection bar.
fn restore_lost_focus() {
    let document = gloo_utils::document();
    let (active, body) = (document.active_element(), document.body());
    if active.is_some_and(|active| body.is_none_or(|body| *body != active)) {
        return;
    }
    if !focus_selector("[role=grid], .members__row:last-child [data-act=remove]") {
        focus_heading();
    }
}

/// Does nothing in a grid, where the focus is on no row.
fn follow_focused_row(before: &TableRows, after: &TableRows) {
    let Some((focused, row)) = gloo_utils::document().active_element().and_then(|focused| {
        let row = focused.closest("[data-place]").ok()??;
        Some((focused, row))
    }) else {
        return;
    };
    let old = row
        .get_attribute("data-place")
        .and_then(|row| row.parse::<usize>().ok());
    let new = old.and_then(|row| new_row(before, after, row));
    if new == old {
        return;
    }
    let control = match focused.get_attribute("data-act") {
        Some(action) => format!("[data-act={action}]"),
        None => "a".to_owned(),
    };
    // The row may have been removed, or be on another page.
    if !new.is_some_and(|row| focus_selector(&format!("#{} {control}", row_id(row)))) {
        focus_heading();
    }
}
