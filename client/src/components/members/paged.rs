//! The table a hundred rows at a time, each with its own controls: for small collections, and for those who find that
//! easier to use than a long list.

use super::arrange::Order;
use super::look::{Act, Look, read};
use super::member::member_row;
use super::pager::{Pages, pager};
use crate::text::table as text;
use yew::prelude::*;

/// Rows on one page of the table.
pub(super) const PAGE_SIZE: usize = 100;

/// The rows of one page; `page` counts from 0, and one that is no more is the last.
pub(super) fn paged(
    members: &[String],
    shown: &[usize],
    page: usize,
    (order, all_selected): (Order, bool),
    look: &Look<'_>,
    on_act: &Callback<Act>,
    on_turn: &Callback<usize>,
) -> Html {
    let last = shown.len().saturating_sub(1) / PAGE_SIZE;
    let current = page.min(last);
    let from = current * PAGE_SIZE;
    let to = (from + PAGE_SIZE).min(shown.len());
    let pages = Pages {
        current,
        last,
        size: PAGE_SIZE,
        total: shown.len(),
    };
    let onclick = {
        let on_act = on_act.clone();
        Callback::from(move |event: MouseEvent| {
            if let (Some(act), _) = read(&event) {
                on_act.emit(act);
            }
        })
    };
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        // The rows move up under the focus: a key that is held down would empty the collection.
        if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
        }
    });
    html! {
        <>
            <div
                class="members"
                role="table"
                aria-label={text::MEMBERS}
                aria-rowcount={(shown.len() + 1).to_string()}
                {onclick}
                {onkeydown}
            >
                { look.heading(order, all_selected) }
                <div role="rowgroup">
                    for place in from..to {
                        { member_row(place, &members[shown[place]], look) }
                    }
                </div>
            </div>
            { pager(&pages, on_turn) }
        </>
    }
}
