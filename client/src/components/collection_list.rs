//! The collections of account and browser as one list with search, order and selection.
//!
//! - [`sort_and_filter`]: which collections are shown, in which order
//! - [`mod@list_item`]: one collection

mod list_item;
pub mod sort_and_filter;

use crate::components::dom::{closest_attribute, input_value};
use crate::components::{Select, selection_bar};
use crate::hooks::{QueryParameter, use_query_parameter};
use crate::state::collection_row::CollectionRow;
use crate::state::selection::Selection;
use crate::text::collections as text;
use crate::text::table::SELECT_ALL;
use list_item::list_item;
use sort_and_filter::{SortBy, filter_and_sort};
use std::rc::Rc;
use yew::prelude::*;

/// With fewer collections the search is not shown.
const MIN_ROWS_FOR_SEARCH: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CollectionListProps {
    pub rows: Rc<[CollectionRow]>,
    pub on_delete: Callback<CollectionRow>,
    /// Removes the browser's copy of a collection of the account.
    #[prop_or_default]
    pub on_remove_copy: Callback<CollectionRow>,
    /// Renders the actions for the selected collections, at least one, in the order of `rows`.
    #[prop_or_else(|| Callback::from(|_| Html::default()))]
    pub selected_actions: Callback<Vec<CollectionRow>, Html>,
}

/// The list. Without rows it renders nothing but keeps the selection: collections that cannot be
/// fetched for a while are still selected afterwards.
#[component]
pub fn CollectionList(props: &CollectionListProps) -> Html {
    let (query, sort) = (use_query_parameter("q"), use_query_parameter("sort"));
    let sort_by = SortBy::from_name(sort.value());
    let stored_selection = use_state(Selection::default);
    let selection = use_memo(
        (props.rows.clone(), (*stored_selection).clone()),
        |(rows, selection)| follow_copies(rows, selection),
    );
    let on_select = {
        let stored_selection = stored_selection.setter();
        Callback::from(move |selection| stored_selection.set(selection))
    };
    let shown = use_memo(
        (props.rows.clone(), query.value().to_owned(), sort_by),
        |(rows, query, sort)| filter_and_sort(rows, query, *sort),
    );
    if props.rows.is_empty() {
        return html! { <div class="list" hidden=true /> };
    }
    // Rows that the search hides stay selected.
    let rows = props.rows.iter();
    let selected: Vec<CollectionRow> = rows
        .filter(|row| selection.contains(&row.key()))
        .cloned()
        .collect();
    let keys: Rc<[String]> = shown.iter().map(CollectionRow::key).collect();
    let all_selected = !keys.is_empty() && keys.iter().all(|key| selection.contains(key));
    let on_toggle_all = {
        let (selection, keys, on_select) = (selection.clone(), keys.clone(), on_select.clone());
        move |_: Event| {
            let mut changed = Selection::clone(&selection);
            changed.set_all(&keys, !all_selected);
            on_select.emit(changed);
        }
    };
    let on_clear = on_select.reform(|()| Selection::default());
    let onclick = on_list_click(props, &selection, &on_select, keys);
    html! {
        <div class="list">
            if props.rows.len() >= MIN_ROWS_FOR_SEARCH || !query.value().is_empty() {
                { search_controls(&query, &sort, sort_by) }
            }
            <div class="list-head">
                if props.rows.len() > 1 {
                    <label class="list-head__all">
                        <input
                            type="checkbox"
                            checked={all_selected}
                            onchange={on_toggle_all}
                        />
                        { SELECT_ALL }
                    </label>
                }
                <p class="small soft" role="status">{ text::shown_count(shown.len(), props.rows.len()) }</p>
            </div>
            if !selected.is_empty() {
                { selection_bar(text::selected_count(selected.len()), &on_clear, props.selected_actions.emit(selected)) }
            }
            if shown.is_empty() {
                <p>{ text::NO_MATCH }</p>
            } else {
                <ul class="collections" aria-label={text::TITLE} {onclick}>
                    for row in shown.iter() {
                        { list_item(row, selection.contains(&row.key())) }
                    }
                </ul>
            }
        </div>
    }
}

/// Returns the selection in which collections of the account have taken the place of their copies
/// in the browser, as after an import.
fn follow_copies(rows: &[CollectionRow], selection: &Selection) -> Selection {
    let mut selection = selection.clone();
    for row in rows {
        if let Some(copy) = row.copy_key() {
            selection.rename(&copy, &row.key());
        }
    }
    selection
}

fn on_list_click(
    props: &CollectionListProps,
    selection: &Rc<Selection>,
    on_select: &Callback<Selection>,
    shown_keys: Rc<[String]>,
) -> Callback<MouseEvent> {
    let (rows, on_delete) = (props.rows.clone(), props.on_delete.clone());
    let on_remove_copy = props.on_remove_copy.clone();
    let (selection, on_select) = (selection.clone(), on_select.clone());
    Callback::from(move |event: MouseEvent| {
        let control = closest_attribute(&event, "data-act");
        let Some(key) = closest_attribute(&event, "data-key") else {
            return;
        };
        match control.as_deref() {
            // The second click of a double click was meant for the row that the first one removed.
            Some(act @ ("delete" | "remove-copy")) if event.detail() < 2 => {
                let action = match act {
                    "delete" => &on_delete,
                    _ => &on_remove_copy,
                };
                if let Some(row) = rows.iter().find(|row| row.key() == key) {
                    action.emit(row.clone());
                }
            }
            Some("pick") => {
                let mut changed = Selection::clone(&selection);
                if event.shift_key() {
                    changed.extend_to(&key, &shown_keys);
                } else {
                    changed.toggle(&key);
                }
                on_select.emit(changed);
            }
            _ => {}
        }
    })
}

fn search_controls(query: &QueryParameter, sort: &QueryParameter, sort_by: SortBy) -> Html {
    let on_select = {
        let sort = sort.clone();
        Callback::from(move |position: usize| sort.set(SortBy::ALL[position].name()))
    };
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| query.set(&input_value(&event)))
    };
    html! {
        <div class="list-controls" role="search">
            <div class="field">
                <label for="search">{ text::SEARCH }</label>
                <input
                    id="search"
                    type="search"
                    autocomplete="off"
                    value={query.value().to_owned()}
                    {oninput}
                />
            </div>
            <div class="field">
                <label for="sort">{ text::SORT }</label>
                <Select
                    id="sort"
                    options={SortBy::ALL.map(|option| option.label().into()).to_vec()}
                    selected={SortBy::ALL.iter().position(|option| *option == sort_by)}
                    {on_select}
                />
            </div>
        </div>
    }
}
