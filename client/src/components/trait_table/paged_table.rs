//! The trait table in pages, each row with its own controls: for small collections, and for users
//! who prefer it to one long list.

use super::table_action::click_action;
use super::table_style::{TableProps, TableStyle};
use super::trait_row::trait_row;
use crate::components::dom::aria_disabled;
use crate::text::table as text;
use std::ops::Range;
use yew::prelude::*;

pub(super) const PAGE_SIZE: usize = 100;

/// Renders one page. `page` counts from 0; a page after the last one shows the last one.
pub(super) fn paged_table(table: &TableProps, page: &UseStateHandle<usize>) -> Html {
    let total = table.shown.len();
    let last_page = total.saturating_sub(1) / PAGE_SIZE;
    let current_page = (**page).min(last_page);
    let start = current_page * PAGE_SIZE;
    let rows = start..(start + PAGE_SIZE).min(total);
    let style = TableStyle {
        table,
        is_grid: false,
        active: None,
    };
    let onclick = {
        let on_action = table.on_action.clone();
        Callback::from(move |event: MouseEvent| {
            if let (Some(action), _) = click_action(&event) {
                on_action.emit(action);
            }
        })
    };
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        // Rows move up under the focus: a key that is held down would empty the collection.
        if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
        }
    });
    let row = |row: usize| trait_row(row, &table.members[table.shown[row]], &style);
    html! {
        <>
            <div
                class="members"
                role="table"
                aria-label={text::MEMBERS}
                aria-rowcount={(total + 1).to_string()}
                {onclick}
                {onkeydown}
            >
                { style.heading() }
                <div role="rowgroup">{ for rows.clone().map(row) }</div>
            </div>
            if last_page > 0 {
                { pagination(current_page, last_page, &rows, total, page) }
            }
        </>
    }
}

fn pagination(
    current_page: usize,
    last_page: usize,
    rows: &Range<usize>,
    total: usize,
    page: &UseStateHandle<usize>,
) -> Html {
    let button = |label: &'static str, to: Option<usize>| {
        let page = page.setter();
        let onclick = move |_: MouseEvent| to.into_iter().for_each(|to| page.set(to));
        html! {
            <button type="button" class="button" aria-disabled={aria_disabled(to.is_none())} {onclick}>
                { label }
            </button>
        }
    };
    html! {
        <nav class="pager" aria-label={text::PAGES}>
            { button(text::PREVIOUS, current_page.checked_sub(1)) }
            <span role="status">{ text::range(rows.start + 1, rows.end, total) }</span>
            { button(text::NEXT, (current_page < last_page).then_some(current_page + 1)) }
        </nav>
    }
}
