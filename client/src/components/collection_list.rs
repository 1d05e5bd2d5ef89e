//! The list of collections: those of the account and those of this browser, as one.
//!
//! - [`mod@arrange`]: search and sort
//! - [`row`]: one collection
//!
//! What can be done with the selected ones comes from the page.

pub mod arrange;
pub mod row;

use crate::components::selection_bar::selection_bar;
use crate::hooks::light::use_state;
use crate::state::selection::Selection;
use crate::text::collections as text;
use crate::text::table::SELECT_ALL;
use arrange::{Sort, arrange};
use row::{Row, row_view};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
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
    /// Draws what can be done with the selected ones: at least one, in the order in which they are shown.
    #[prop_or_else(|| Callback::from(|_| Html::default()))]
    pub for_selected: Callback<Vec<Row>, Html>,
}

/// The list with search and order. Without rows it draws nothing, but knows what is selected: what cannot be fetched for a while
/// is still selected afterwards.
#[component]
pub fn CollectionList(props: &CollectionListProps) -> Html {
    let query = use_state(String::new);
    let sort = use_state(Sort::default);
    let shown = use_memo(
        (props.rows.clone(), (*query).clone(), *sort),
        |(rows, query, sort)| arrange(rows, query, *sort),
    );
    let selection = use_state(Selection::default);
    // Also those that the search hides: they are selected all the same.
    let picked: Vec<Row> = props
        .rows
        .iter()
        .filter(|row| !selection.is_empty() && selection.has(&row.key()))
        .cloned()
        .collect();
    let keys = use_memo(shown.clone(), |shown| {
        shown.iter().map(Row::key).collect::<Vec<_>>()
    });
    let all_selected = !keys.is_empty() && keys.iter().all(|key| selection.has(key));
    let change = {
        let (selection, keys) = (selection.clone(), keys.clone());
        Callback::from(move |change: Change| {
            let mut changed = Selection::clone(&selection);
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            match change {
                Change::Pick(key) => changed.toggle(&key),
                Change::PickTo(key) => changed.extend_to(&key, &keys),
                Change::All => changed.set_all(&keys, !all_selected),
                Change::Clear => changed = Selection::default(),
            }
            selection.set(changed);
        })
    };
    let onclick = {
        let (rows, on_delete) = (props.rows.clone(), props.on_delete.clone());
        let change = change.clone();
        Callback::from(move |event: MouseEvent| {
            let Some((act, key)) = read(&event) else {
                return;
            };
            match act.as_str() {
                "delete" if event.detail() < 2 => {
                    if let Some(row) = rows.iter().find(|row| row.key() == key) {
                        on_delete.emit(row.clone());
                    }
                }
                "pick" if event.shift_key() => change.emit(Change::PickTo(key)),
                "pick" => change.emit(Change::Pick(key)),
                _ => {}
            }
        })
    };
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
    if props.rows.is_empty() {
        return html! { <div class="list" hidden=true /> };
    }
    html! {
        <div class="list">
            if props.rows.len() >= WORTH_SEARCHING || !query.is_empty() {
                <div class="list-controls" role="search">
                    <div class="field">
                        <label for="search">{ text::SEARCH }</label>
                        <input id="search" type="search" autocomplete="off" value={(*query).clone()} {oninput} />
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
            <div class="list-head">
                if props.rows.len() > 1 {
                    <label class="list-head__all">
                        <input
                            type="checkbox"
                            checked={all_selected}
                            onchange={change.reform(|_: Event| Change::All)}
                        />
                        { SELECT_ALL }
                    </label>
                }
                <p class="small soft" role="status">
                    { text::found(shown.len(), props.rows.len()) }
                </p>
            </div>
            if !picked.is_empty() {
                { selection_bar(
                    text::selected(picked.len()),
                    &change.reform(|()| Change::Clear),
                    props.for_selected.emit(picked),
                ) }
            }
            if shown.is_empty() {
                <p>{ text::NO_MATCH }</p>
            } else {
                <ul class="collections" aria-label={text::TITLE} {onclick}>
                    for row in shown.iter() {
                        { row_view(row, selection.has(&row.key())) }
                    }
                </ul>
            }
        </div>
    }
}

/// A change of what is selected; rows are named by their keys.
enum Change {
    /// Selects a row or leaves it.
    Pick(String),
    /// Selects everything up to a row.
    PickTo(String),
    /// Selects all that are shown, or none of them if they are.
    All,
    /// Selects nothing.
    Clear,
}

/// What was clicked in the list, and the key of the row it was in.
fn read(event: &MouseEvent) -> Option<(String, String)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let attribute = |name: &str| {
        let holder = target.closest(&format!("[{name}]")).ok()??;
        holder.get_attribute(name)
    };
    Some((attribute("data-act")?, attribute("data-key")?))
}
