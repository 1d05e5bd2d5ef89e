//! The trait table as one long list: only the rows near the viewport are rendered. The grid is one
//! control for the keyboard and names its active row to screen readers, so that no focus is lost
//! with a row that is scrolled away.

use super::row_focus::{TableRows, new_row};
use super::table_action::{TableAction, click_action};
use super::table_style::{TableProps, TableStyle};
use super::trait_row::{row_id, trait_row};
use super::viewport::{measure, use_row_position, use_viewport};
use super::virtual_rows::{Viewport, row_after_key};
use crate::components::dom::focus;
use crate::text::table as text;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[component]
pub(super) fn VirtualGrid(table: &TableProps) -> Html {
    let (area, body, rendered) = (use_node_ref(), use_node_ref(), use_node_ref());
    let total = table.shown.len();
    // Another filter or order starts at its beginning; when a row goes, the others stay in view.
    let viewport = use_viewport(&area, (table.order, total));
    let rows = viewport.rendered_rows(total);
    use_row_position(&body, &rendered, total, &rows, viewport.row);
    let active = use_active_row((table.members.clone(), table.shown.clone()));
    let active_row = active.map(|row| row.min(total.saturating_sub(1)));

    let onscroll = {
        let (area, viewport) = (area.clone(), viewport.clone());
        Callback::from(move |_: Event| {
            if let Some(measured) = measure(&area)
                && measured.rendered_rows(total) != viewport.rendered_rows(total)
            {
                viewport.set(measured);
            }
        })
    };
    let onfocus = {
        let (area, active) = (area.clone(), active.clone());
        Callback::from(move |_: FocusEvent| {
            if let (None, Some(viewport)) = (*active, measure(&area)) {
                active.set(Some(viewport.first_row(total)));
            }
        })
    };
    let onclick = {
        let (area, active, on_action) = (area.clone(), active.setter(), table.on_action.clone());
        Callback::from(move |event: MouseEvent| {
            let (action, row) = click_action(&event);
            if let Some(row) = row {
                active.set(Some(row));
                // The control in the row may be scrolled away.
                focus(&area);
            }
            if let Some(action) = action {
                on_action.emit(action);
            }
        })
    };
    let onkeydown = {
        let (area, active, on_action) = (area.clone(), active.setter(), table.on_action.clone());
        Callback::from(move |event: KeyboardEvent| {
            handle_key(&event, &area, total, active_row, &active, &on_action);
        })
    };
    let style = TableStyle {
        table,
        is_grid: true,
        active: active_row,
    };
    html! {
        <>
            <div
                ref={area}
                class="members members--long"
                role="grid"
                tabindex="0"
                aria-label={text::MEMBERS}
                aria-describedby="members-keys"
                aria-multiselectable="true"
                aria-rowcount={(total + 1).to_string()}
                aria-activedescendant={active_row.filter(|row| rows.contains(row)).map(row_id)}
                {onscroll} {onfocus} {onclick} {onkeydown}
            >
                { style.heading() }
                <div role="rowgroup" class="members__body" ref={body}>
                    <div role="presentation" class="members__drawn" ref={rendered}>
                        for row in rows {
                            { trait_row(row, &table.members[table.shown[row]], &style) }
                        }
                    </div>
                </div>
            </div>
            <p class="small soft members__keys" id="members-keys">{ text::KEYS }</p>
        </>
    }
}

/// Returns the row that keys act on. When another tab changes the collection, it follows its trait;
/// another filter or order leaves it where it is.
#[hook]
fn use_active_row(rows: TableRows) -> UseStateHandle<Option<usize>> {
    let active = use_state(|| None::<usize>);
    let previous = use_mut_ref(|| None::<TableRows>);
    {
        let active = active.clone();
        use_effect_with(rows, move |rows| {
            let before = previous.replace(Some(rows.clone()));
            let before = before.filter(|before| before.0 != rows.0);
            let row = before.zip(*active);
            let row = row.and_then(|(before, row)| new_row(&before, rows, row));
            if row.is_some() && row != *active {
                active.set(row);
            }
        });
    }
    active
}

fn handle_key(
    event: &KeyboardEvent,
    area: &NodeRef,
    total: usize,
    active_row: Option<usize>,
    active: &UseStateSetter<Option<usize>>,
    on_action: &Callback<TableAction>,
) {
    let Some(viewport) = measure(area) else {
        return;
    };
    let from = active_row.unwrap_or_else(|| viewport.first_row(total));
    if let Some(to) = row_after_key(&event.key(), from, viewport.page_rows(), total)
        && !event.alt_key()
    {
        event.prevent_default();
        active.set(Some(to));
        scroll_to_row(area, &viewport, to);
        return;
    }
    // The controls in the heading have keys of their own.
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if target != area.cast::<Element>() {
        return;
    }
    let Some(row) = active_row else { return };
    if let Some(action) = key_action(event, row) {
        event.prevent_default();
        on_action.emit(action);
    } else if event.key() == "Enter" {
        open_trait(area, row);
    }
}

fn key_action(event: &KeyboardEvent, row: usize) -> Option<TableAction> {
    match event.key().as_str() {
        " " => Some(TableAction::Select {
            row,
            range: event.shift_key(),
        }),
        "a" if event.ctrl_key() || event.meta_key() => Some(TableAction::ToggleAll),
        "Escape" => Some(TableAction::ClearSelection),
        // A key that is held down would empty the collection.
        "Delete" if !event.repeat() => Some(TableAction::Remove(row)),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no table is 2^31 pixels high"
)]
fn scroll_to_row(area: &NodeRef, viewport: &Viewport, row: usize) {
    if let (Some(top), Some(area)) = (viewport.scroll_to(row), area.cast::<Element>()) {
        area.set_scroll_top(top.round() as i32);
    }
}

fn open_trait(area: &NodeRef, row: usize) {
    let link = area.cast::<Element>().and_then(|area| {
        let link = area.query_selector(&format!("#{} a", row_id(row)));
        link.ok()??.dyn_into::<HtmlElement>().ok()
    });
    if let Some(link) = link {
        link.click();
    }
}
