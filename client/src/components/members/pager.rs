//! Turning the pages of a table.

use crate::text::collection::{NEXT, PAGES, PREVIOUS, range};
use yew::prelude::*;

/// Properties of [`Pager`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PagerProps {
    /// The page that is shown, from 0.
    pub page: usize,
    /// The last page.
    pub last: usize,
    /// Rows on a page.
    pub size: usize,
    /// Rows in all.
    pub total: usize,
    /// The user wants this page.
    pub on_turn: Callback<usize>,
}

/// Where in the table we are, and the way to the pages beside; nothing if there is one page only.
#[component]
pub fn Pager(props: &PagerProps) -> Html {
    let PagerProps {
        page,
        last,
        size,
        total,
        ..
    } = *props;
    if last == 0 {
        return Html::default();
    }
    let button = |label: &'static str, to: Option<usize>| {
        let on_turn = props.on_turn.clone();
        html! {
            <button
                type="button"
                class="button"
                disabled={to.is_none()}
                onclick={move |_| to.into_iter().for_each(|to| on_turn.emit(to))}
            >
                { label }
            </button>
        }
    };
    html! {
        <nav class="pager" aria-label={PAGES}>
            { button(PREVIOUS, page.checked_sub(1)) }
            <span role="status">{ range(page * size + 1, ((page + 1) * size).min(total), total) }</span>
            { button(NEXT, (page < last).then_some(page + 1)) }
        </nav>
    }
}
