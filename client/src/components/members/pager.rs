//! Turning the pages of a table.

use crate::components::page::idle;
use crate::text::table::{NEXT, PAGES, PREVIOUS, range};
use yew::prelude::*;

/// Where in the table we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    /// The page that is shown, from 0.
    pub current: usize,
    /// The last page.
    pub last: usize,
    /// Rows on a page.
    pub size: usize,
    /// Rows in all.
    pub total: usize,
}

/// Where in the table we are, and the way to the pages beside; nothing if there is one page only. The user
/// turns to a page.
pub fn pager(pages: &Pages, on_turn: &Callback<usize>) -> Html {
    let Pages {
        current,
        last,
        size,
        total,
    } = *pages;
    if last == 0 {
        return Html::default();
    }
    let button = |label: &'static str, to: Option<usize>| {
        let on_turn = on_turn.clone();
        html! {
            <button
                type="button"
                class="button"
                aria-disabled={idle(to.is_none())}
                onclick={move |_| to.into_iter().for_each(|to| on_turn.emit(to))}
            >
                { label }
            </button>
        }
    };
    html! {
        <nav class="pager" aria-label={PAGES}>
            { button(PREVIOUS, current.checked_sub(1)) }
            <span role="status">{ range(current * size + 1, ((current + 1) * size).min(total), total) }</span>
            { button(NEXT, (current < last).then_some(current + 1)) }
        </nav>
    }
}
