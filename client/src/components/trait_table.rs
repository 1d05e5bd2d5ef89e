//! The traits of a collection as a table that can be filtered, sorted and selected from.
//!
//! - [`sort_and_filter`]: which members are shown, in which order
//! - [`virtual_grid`]: one long list of which only the rows near the viewport are rendered;
//!   [`virtual_rows`]: which rows those are; [`viewport`]: the measured viewport
//! - [`mod@paged_table`]: pages of a hundred rows
//! - [`heading`], [`trait_row`]: heading and rows; [`table_style`]: their properties and roles;
//!   [`table_action`]: the meaning of a click in them
//! - [`row_focus`]: keeps the focus on its trait when the collection changes

mod heading;
mod paged_table;
mod row_focus;
pub mod sort_and_filter;
mod table_action;
mod table_style;
pub mod trait_row;
mod viewport;
mod virtual_grid;
pub mod virtual_rows;

use crate::components::dom::input_value;
use crate::components::{button, selection_bar};
use crate::hooks::{Preference, use_preference};
use crate::state::selection::Selection;
use crate::text::table as text;
use paged_table::{PAGE_SIZE, paged_table};
use row_focus::{TableRows, use_row_focus};
use shared::edit::check::is_showable;
use sort_and_filter::{SortOrder, filter_and_sort};
use std::cell::RefCell;
use std::rc::Rc;
use table_action::TableAction;
use table_style::TableProps;
use virtual_grid::VirtualGrid;
use yew::prelude::*;

/// With fewer members the filter is not shown.
const MIN_MEMBERS_FOR_FILTER: usize = 12;
const SHOW_IN_PAGES: &str = "gnc-table-in-pages";

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TraitTableProps {
    pub members: Rc<[String]>,
    /// The template of a trait's address, with `{trait}` and `{dataset}`.
    #[prop_or_default]
    pub trait_url: Option<AttrValue>,
    #[prop_or_default]
    pub on_remove: Option<Callback<Vec<String>>>,
    #[prop_or_default]
    pub on_copy: Option<Callback<Vec<String>>>,
}

#[component]
pub fn TraitTable(props: &TraitTableProps) -> Html {
    let (query, page) = (use_state(String::new), use_state(|| 0_usize));
    let order = use_state(SortOrder::default);
    let selection = use_state(Rc::<Selection>::default);
    let in_pages = use_preference(SHOW_IN_PAGES);
    let members = &props.members;
    let shown = use_memo(
        (members.clone(), (*query).clone(), *order),
        |(members, query, order)| Rc::new(filter_and_sort(members, query, *order)),
    );
    let selected = use_memo(
        (members.clone(), (*selection).clone()),
        |(members, selection)| {
            let selected = members.iter().filter(|member| selection.contains(member));
            selected.cloned().collect::<Vec<_>>()
        },
    );
    let unshowable = use_memo(members.clone(), |members| {
        members.iter().filter(|member| !is_showable(member)).count()
    });
    let all_selected = !selected.is_empty()
        && selected.len() >= shown.len()
        && shown.iter().all(|at| selection.contains(&members[*at]));
    let is_removing = use_mut_ref(|| false);
    let rows: TableRows = (members.clone(), (*shown).clone());
    use_row_focus(rows.clone(), is_removing.clone());
    if members.is_empty() {
        return empty_table();
    }
    let on_action = {
        let (order, selection, is_removing) =
            (order.clone(), selection.clone(), is_removing.clone());
        on_table_action(
            rows,
            all_selected,
            order,
            selection,
            is_removing,
            props.on_remove.clone(),
        )
    };
    let table = TableProps {
        members: members.clone(),
        shown: (*shown).clone(),
        selection: (*selection).clone(),
        all_selected,
        order: *order,
        trait_url: props.trait_url.clone(),
        is_removable: props.on_remove.is_some(),
        on_action: on_action.clone(),
    };
    let is_long = members.len() > PAGE_SIZE;
    let unshowable = *unshowable;
    html! {
        <div class="list">
            <div class="list-controls">
                if members.len() >= MIN_MEMBERS_FOR_FILTER || !query.is_empty() {
                    { filter_field(&query, &page) }
                }
                if is_long {
                    { pages_button(&in_pages) }
                }
            </div>
            <p class="small soft" role="status">{ text::shown_count(shown.len(), members.len()) }</p>
            if unshowable > 0 {
                <p class="small">{ text::unshowable_count(unshowable as u64) }</p>
            }
            if !selected.is_empty() {
                { selection_actions(props, &selected, &is_removing, &on_action) }
            }
            if shown.is_empty() {
                <p>{ text::NO_MATCH }</p>
            } else if is_long && !in_pages.on {
                <VirtualGrid ..table />
            } else {
                { paged_table(&table, &page) }
            }
        </div>
    }
}

/// Returns the callback that applies an action to the order, the selection or the collection.
fn on_table_action(
    (members, shown): TableRows,
    all_selected: bool,
    order: UseStateHandle<SortOrder>,
    selection: UseStateHandle<Rc<Selection>>,
    is_removing: Rc<RefCell<bool>>,
    on_remove: Option<Callback<Vec<String>>>,
) -> Callback<TableAction> {
    Callback::from(move |action| {
        let member = |row: usize| shown.get(row).map(|at| &members[*at]);
        let shown_members = || -> Vec<&String> { shown.iter().map(|at| &members[*at]).collect() };
        let mut changed = Selection::clone(&selection);
        match action {
            TableAction::Sort(column) => return order.set(order.after_click(column)),
            TableAction::Remove(row) => {
                if let (Some(member), Some(on_remove)) = (member(row), &on_remove) {
                    is_removing.replace(true);
                    on_remove.emit(vec![member.clone()]);
                }
                return;
            }
            TableAction::Select { row, range } => match member(row) {
                Some(member) if range => changed.extend_to(member, &shown_members()),
                Some(member) => changed.toggle(member),
                None => return,
            },
            TableAction::ToggleAll => changed.set_all(&shown_members(), !all_selected),
            TableAction::ClearSelection => changed = Selection::default(),
        }
        selection.set(Rc::new(changed));
    })
}

fn empty_table() -> Html {
    html! {
        <div class="empty">
            <h2>{ text::NO_MEMBERS }</h2>
            <p>{ text::NO_MEMBERS_BODY }</p>
        </div>
    }
}

fn filter_field(query: &UseStateHandle<String>, page: &UseStateHandle<usize>) -> Html {
    let value = (**query).clone();
    let (query, page) = (query.setter(), page.setter());
    let oninput = Callback::from(move |event: InputEvent| {
        query.set(input_value(&event));
        page.set(0);
    });
    html! {
        <div class="field">
            <label for="filter">{ text::FILTER }</label>
            <input id="filter" type="search" autocomplete="off" {value} {oninput} />
        </div>
    }
}

fn pages_button(in_pages: &Preference) -> Html {
    let label = if in_pages.on {
        text::SHOW_AS_LIST
    } else {
        text::SHOW_IN_PAGES
    };
    let in_pages = in_pages.clone();
    let on_toggle = Callback::from(move |()| in_pages.set(!in_pages.on));
    button("", label, &on_toggle)
}

fn selection_actions(
    props: &TraitTableProps,
    selected: &Rc<Vec<String>>,
    is_removing: &Rc<RefCell<bool>>,
    on_action: &Callback<TableAction>,
) -> Html {
    let on_copy = props.on_copy.as_ref().map(|on_copy| {
        let (selected, is_removing) = (selected.clone(), is_removing.clone());
        on_copy.reform(move |()| {
            is_removing.replace(false);
            Vec::clone(&selected)
        })
    });
    let on_remove = props.on_remove.as_ref().map(|on_remove| {
        let (selected, is_removing) = (selected.clone(), is_removing.clone());
        on_remove.reform(move |()| {
            is_removing.replace(true);
            Vec::clone(&selected)
        })
    });
    let buttons = html! {
        <>
            { on_copy.map(|on_copy| button("", text::COPY, &on_copy)) }
            { on_remove.map(|on_remove| button("button--danger", text::REMOVE_SELECTED, &on_remove)) }
        </>
    };
    let on_clear = on_action.reform(|()| TableAction::ClearSelection);
    selection_bar(text::selected_count(selected.len()), &on_clear, buttons)
}
