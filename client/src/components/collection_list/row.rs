//! One line of the list of collections.

use crate::components::{RouteLink, isolated_name, when};
use crate::hooks::LocalEntry;
use crate::route::Route;
use crate::text::collections as text;
use crate::text::format::traits;
use crate::text::table::select_named;
use shared::api::CollectionSummary;
use shared::timestamp::Timestamp;
use uuid::Uuid;
use yew::prelude::*;

/// Where a collection is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the account.
    Account(Uuid),
    /// In this browser.
    Browser {
        /// Its id there.
        id: String,
        /// The account has imported it.
        imported: bool,
    },
}

/// What the list shows of one collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it is kept.
    pub place: Place,
    /// Its name.
    pub name: AttrValue,
    /// How many members it has.
    pub num_members: u64,
    /// When it last changed.
    pub changed: Timestamp,
}

impl Row {
    /// Whether it is kept in the account.
    pub fn in_account(&self) -> bool {
        matches!(self.place, Place::Account(_))
    }

    /// What tells it from all other rows.
    pub fn key(&self) -> String {
        match &self.place {
            Place::Account(id) => format!("account:{id}"),
            Place::Browser { id, .. } => format!("browser:{id}"),
        }
    }

    fn route(&self) -> Route {
        match &self.place {
            Place::Account(id) => Route::AccountCollection { id: *id },
            Place::Browser { id, .. } => Route::LocalCollection { id: id.clone() },
        }
    }

    fn badge(&self) -> (&'static str, &'static str) {
        match &self.place {
            Place::Account(_) => ("badge badge--account", text::IN_ACCOUNT),
            Place::Browser {
                imported: false, ..
            } => ("badge", text::IN_BROWSER),
            Place::Browser { imported: true, .. } => ("badge", text::IMPORTED),
        }
    }
}

impl From<&CollectionSummary> for Row {
    fn from(summary: &CollectionSummary) -> Self {
        Self {
            place: Place::Account(summary.id),
            name: summary.name.clone().into(),
            num_members: summary.num_members,
            changed: summary.changed,
        }
    }
}

impl From<&LocalEntry> for Row {
    fn from(entry: &LocalEntry) -> Self {
        let collection = &entry.collection;
        Self {
            place: Place::Browser {
                id: collection.id.clone(),
                imported: entry.imported.is_some(),
            },
            name: collection.name.clone().into(),
            num_members: collection.members.len() as u64,
            changed: collection.changed,
        }
    }
}

/// One line: the box that selects it, name, size, place, date, and what can be done with it.
pub(super) fn row_view(row: &Row, chosen: bool) -> Html {
    let (class, place) = row.badge();
    let key = row.key();
    html! {
        <li
            key={key.clone()}
            class={classes!("collection-row", chosen.then_some("collection-row--chosen"))}
            data-key={key}
        >
            <input
                type="checkbox"
                class="collection-row__pick"
                aria-label={select_named(&row.name)}
                data-act="pick"
                checked={chosen}
            />
            <span class="collection-row__name">
                <RouteLink to={row.route()}>{ isolated_name(&row.name) }</RouteLink>
            </span>
            <span class="collection-row__facts">
                <span class="collection-row__count number">{ traits(row.num_members) }</span>
                <span><span {class}>{ place }</span></span>
                <span class="collection-row__changed">{ when::changed(row.changed) }</span>
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
