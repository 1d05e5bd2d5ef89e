//! An item of the list: a collection with its checkbox and its actions.

use crate::components::{RouteLink, date_time, isolated_name};
use crate::route::Route;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::text::collections as text;
use crate::text::format::traits;
use crate::text::table::select_named;
use yew::prelude::*;

fn route(location: &CollectionLocation) -> Route {
    match location {
        CollectionLocation::Account(id) => Route::AccountCollection { id: *id },
        CollectionLocation::Browser { id, .. } => Route::LocalCollection { id: id.clone() },
    }
}

fn badge(location: &CollectionLocation) -> Html {
    let (class, label) = match location {
        CollectionLocation::Account(_) => ("badge badge--account", text::IN_ACCOUNT),
        CollectionLocation::Browser { imported: true, .. } => ("badge", text::IMPORTED),
        CollectionLocation::Browser { .. } => ("badge", text::IN_BROWSER),
    };
    html! { <span {class}>{ label }</span> }
}

/// Renders the hint that this browser has a copy of a collection of the account.
fn browser_copy(id: &str, name: &str) -> Html {
    html! {
        <span class="collection-row__copy small">
            <RouteLink to={Route::LocalCollection { id: id.to_owned() }}>
                { text::ALSO_IN_BROWSER }
            </RouteLink>
            { " " }
            <button
                type="button"
                class="button button--quiet"
                aria-label={text::remove_copy_of(name)}
                data-act="remove-copy"
            >
                { text::REMOVE_COPY }
            </button>
        </span>
    }
}

pub(super) fn list_item(row: &CollectionRow, is_selected: bool) -> Html {
    let key = row.key();
    html! {
        <li
            key={key.clone()}
            class={classes!("collection-row", is_selected.then_some("collection-row--chosen"))}
            data-key={key}
        >
            <input
                type="checkbox"
                class="collection-row__pick"
                aria-label={select_named(&row.name)}
                data-act="pick"
                checked={is_selected}
            />
            <span class="collection-row__name">
                <RouteLink to={route(&row.location)}>{ isolated_name(&row.name) }</RouteLink>
                if let Some(id) = &row.browser_copy {
                    { browser_copy(id, &row.name) }
                }
            </span>
            <span class="collection-row__facts">
                <span class="collection-row__count number">{ traits(row.num_members) }</span>
                <span>{ badge(&row.location) }</span>
                <span class="collection-row__changed">{ date_time::changed_date(row.changed) }</span>
            </span>
            <span class="collection-row__actions">
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label={text::delete_named(&row.name)}
                    data-act="delete"
                >
                    { text::DELETE }
                </button>
            </span>
        </li>
    }
}
