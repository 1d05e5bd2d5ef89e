//! How the table is drawn, and what a click in it means.

use super::arrange::{Column, Order};
use crate::state::selection::Selection;
use crate::text::table as text;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What all rows of the table have in common.
pub(super) struct Look<'a> {
    /// Whether it is one control that is used by arrow keys (a grid), or a table of many controls.
    pub(super) is_grid: bool,
    /// Template of a trait's address, with `{trait}` and `{dataset}`.
    pub(super) trait_url: Option<&'a str>,
    /// Whether rows can be taken out.
    pub(super) removable: bool,
    /// What is selected.
    pub(super) selection: &'a Selection,
    /// The row that keys act on.
    pub(super) active: Option<usize>,
}

impl Look<'_> {
    /// The role of a cell.
    pub(super) fn cell(&self) -> &'static str {
        if self.is_grid { "gridcell" } else { "cell" }
    }

    /// In a grid, the grid itself has the focus.
    pub(super) fn tabindex(&self) -> Option<&'static str> {
        self.is_grid.then_some("-1")
    }

    /// The heading.
    pub(super) fn heading(&self, order: Order, all_selected: bool) -> Html {
        html! {
            <div role="rowgroup" class="members__head">
                <div role="row" class="members__row" aria-rowindex="1">
                    <div role="columnheader" class="members__pick">
                        <input
                            type="checkbox"
                            aria-label={text::SELECT_ALL}
                            data-act="all"
                            checked={all_selected}
                        />
                        <span class="visually-hidden">{ text::SELECT }</span>
                    </div>
                    { column(text::TRAIT, Column::Trait, order) }
                    { column(text::DATASET, Column::Dataset, order) }
                    if self.removable {
                        <div role="columnheader" class="members__act">
                            <span class="visually-hidden">{ text::ACTIONS }</span>
                        </div>
                    }
                </div>
            </div>
        }
    }
}

fn column(label: &'static str, column: Column, order: Order) -> Html {
    let (class, act) = if column == Column::Trait {
        ("members__trait", "trait")
    } else {
        ("members__dataset", "dataset")
    };
    let sort = match (order.column == column, order.descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    html! {
        <div role="columnheader" {class} aria-sort={sort}>
            <button type="button" class="members__sort" data-act={act}>{ label }</button>
        </div>
    }
}

/// What the user wants of the table; rows are named by their place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Selects a row or leaves it; or everything up to it.
    Pick { place: usize, range: bool },
    /// Selects all that are shown, or none of them if they are.
    All,
    /// Selects nothing.
    Clear,
    /// Takes a row out.
    Remove(usize),
    /// Sorts by a column.
    Sort(Column),
}

/// What a click means, if it means something, and the place of the row it was in.
pub(super) fn read(event: &MouseEvent) -> (Option<Act>, Option<usize>) {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return (None, None);
    };
    let attribute = |name: &str| {
        let holder = target.closest(&format!("[{name}]")).ok()??;
        holder.get_attribute(name)
    };
    let place = attribute("data-place").and_then(|place| place.parse::<usize>().ok());
    let act = match (attribute("data-act").as_deref(), place) {
        (Some("pick"), Some(place)) => Some(Act::Pick {
            place,
            range: event.shift_key(),
        }),
        // The second click of two quick ones was meant for the row that was there at the first.
        (Some("remove"), Some(place)) if event.detail() < 2 => Some(Act::Remove(place)),
        (Some("all"), _) => Some(Act::All),
        (Some("trait"), _) => Some(Act::Sort(Column::Trait)),
        (Some("dataset"), _) => Some(Act::Sort(Column::Dataset)),
        _ => None,
    };
    (act, place)
}
