//! The heading row of the trait table, with a cell for each column. `trait_row.rs` draws the cells
//! below it, and `styles/members.css` sets the widths.

use super::sort_and_filter::{SortColumn, SortOrder};
use super::table_style::TableStyle;
use crate::text::table as text;
use yew::prelude::*;

impl TableStyle<'_> {
    pub(super) fn heading(&self) -> Html {
        let order = self.table.order;
        html! {
            <div role="rowgroup" class="members__head">
                <div role="row" class="members__row" aria-rowindex="1">
                    <div role="columnheader" class="members__pick">
                        <input
                            type="checkbox"
                            aria-label={text::SELECT_ALL}
                            data-act="all"
                            checked={self.table.all_selected}
                        />
                        <span class="visually-hidden">{ text::SELECT }</span>
                    </div>
                    { column_heading(SortColumn::Trait, order) }
                    { column_heading(SortColumn::Dataset, order) }
                    if self.table.is_removable {
                        <div role="columnheader" class="members__act">
                            <span class="visually-hidden">{ text::ACTIONS }</span>
                        </div>
                    }
                </div>
            </div>
        }
    }
}

fn column_heading(column: SortColumn, order: SortOrder) -> Html {
    let (class, action, label) = match column {
        SortColumn::Dataset => ("members__dataset", "dataset", text::DATASET),
        _ => ("members__trait", "trait", text::TRAIT),
    };
    let sort = match (order.column == column, order.descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    html! {
        <div role="columnheader" {class} aria-sort={sort}>
            <button type="button" class="members__sort" data-act={action}>{ label }</button>
        </div>
    }
}
