//! The properties that both forms of the trait table share, and their ARIA roles.

use super::sort_and_filter::SortOrder;
use super::table_action::TableAction;
use crate::state::selection::Selection;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TableProps {
    pub(super) members: Rc<[String]>,
    /// Positions in `members` of the rows, in the order of the table.
    pub(super) shown: Rc<Vec<usize>>,
    pub(super) selection: Rc<Selection>,
    pub(super) all_selected: bool,
    pub(super) order: SortOrder,
    pub(super) trait_url: Option<AttrValue>,
    pub(super) is_removable: bool,
    pub(super) on_action: Callback<TableAction>,
}

pub(super) struct TableStyle<'a> {
    pub(super) table: &'a TableProps,
    /// Whether the table is one control that is used with arrow keys, or has a control per cell.
    pub(super) is_grid: bool,
    /// The row that keys act on.
    pub(super) active: Option<usize>,
}

impl TableStyle<'_> {
    pub(super) fn cell_role(&self) -> &'static str {
        if self.is_grid { "gridcell" } else { "cell" }
    }

    /// Returns the tab index of controls in rows: a grid has the focus itself.
    pub(super) fn tabindex(&self) -> Option<&'static str> {
        self.is_grid.then_some("-1")
    }
}
