//! A list of collections with a checkbox each.

use crate::components::isolated_name;
use crate::state::collection_row::CollectionRow;
use crate::text::collections::TITLE;
use crate::text::format::and_more;
use crate::text::format::traits;
use std::rc::Rc;
use yew::prelude::*;

/// Collections after these have no checkbox and stay as they are.
const MAX_LISTED: usize = 200;

pub struct ChecklistItem<'a> {
    pub name: &'a str,
    pub num_members: u64,
    pub is_checked: bool,
    /// A remark after the number of traits, or an empty text.
    pub note: &'static str,
}

/// Renders the checkboxes. `on_toggle` is called with the position of the item.
pub fn collection_checklist<'a>(
    items: impl ExactSizeIterator<Item = ChecklistItem<'a>>,
    on_toggle: &Callback<usize>,
) -> Html {
    let unlisted = items.len().saturating_sub(MAX_LISTED);
    html! {
        <fieldset class="choice choice--stacked choice--long">
            <legend>{ TITLE }</legend>
            for (position, item) in items.take(MAX_LISTED).enumerate() {
                <label>
                    <input
                        type="checkbox"
                        checked={item.is_checked}
                        onchange={on_toggle.reform(move |_| position)}
                    />
                    <span>
                        { isolated_name(item.name) }
                        <span class="field__hint">
                            { traits(item.num_members) }
                            if !item.note.is_empty() {
                                { " · " }{ item.note }
                            }
                        </span>
                    </span>
                </label>
            }
            if unlisted > 0 {
                <p>{ and_more(unlisted as u64) }</p>
            }
        </fieldset>
    }
}

/// Renders a checklist of rows; `checked` has an element for each of them.
pub fn row_checklist(rows: &[CollectionRow], checked: &UseStateHandle<Vec<bool>>) -> Html {
    let items = rows.iter().zip(checked.iter());
    let items = items.map(|(row, is_checked)| ChecklistItem {
        name: &row.name,
        num_members: row.num_members,
        is_checked: *is_checked,
        note: "",
    });
    let on_toggle = {
        let checked = checked.clone();
        Callback::from(move |position: usize| {
            let mut toggled = (*checked).clone();
            toggled[position] ^= true;
            checked.set(toggled);
        })
    };
    collection_checklist(items, &on_toggle)
}

pub fn checked_rows(rows: &[CollectionRow], checked: &[bool]) -> Rc<[CollectionRow]> {
    let rows = rows.iter().zip(checked);
    rows.filter(|(_, is_checked)| **is_checked)
        .map(|(row, _)| row.clone())
        .collect()
}
