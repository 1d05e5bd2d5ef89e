//! The list of collections: those of the account and those of this browser, as one.
//!
//! - [`mod@arrange`]: search and sort
//! - [`row`]: one collection

pub mod arrange;
pub mod row;

use crate::hooks::light::use_state;
use crate::text::collections as text;
use arrange::{Sort, arrange};
use row::{Row, RowView};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// With fewer collections than this, searching and sorting would only stand in the way.
const WORTH_SEARCHING: usize = 6;

/// Properties of [`CollectionList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CollectionListProps {
    /// The collections, in any order.
    pub rows: Rc<[Row]>,
    /// The user wants to delete this collection.
    pub on_delete: Callback<Row>,
}

/// The list with search and order.
#[component]
pub fn CollectionList(props: &CollectionListProps) -> Html {
    let query = use_state(String::new);
    let sort = use_state(Sort::default);
    let shown = use_memo(
        (props.rows.clone(), (*query).clone(), *sort),
        |(rows, query, sort)| arrange(rows, query, *sort),
    );
    let oninput = {
        let query = query.setter();
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onchange = {
        let sort = sort.setter();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            sort.set(
                Sort::ALL
                    .into_iter()
                    .find(|sort| sort.value() == value)
                    .unwrap_or_default(),
            );
        })
    };
    html! {
        <div class="list">
            if props.rows.len() >= WORTH_SEARCHING {
                <div class="list-controls" role="search">
                    <div class="field">
                        <label for="search">{ text::SEARCH }</label>
                        <input id="search" type="search" autocomplete="off" {oninput} />
                    </div>
                    <div class="field">
                        <label for="sort">{ text::SORT }</label>
                        <select id="sort" {onchange}>
                            for option in Sort::ALL {
                                <option value={option.value()} selected={option == *sort}>
                                    { option.label() }
                                </option>
                            }
                        </select>
                    </div>
                </div>
            }
            <p class="small soft" role="status">{ text::found(shown.len(), props.rows.len()) }</p>
            if shown.is_empty() {
                <p>{ text::NO_MATCH }</p>
            } else {
                <ul class="collections" aria-label={text::TITLE}>
                    for row in shown.iter() {
                        <RowView
                            key={row.key()}
                            row={row.clone()}
                            on_delete={props.on_delete.clone()}
                        />
                    }
                </ul>
            }
        </div>
    }
}
