//! One collection of this browser.

use super::editor::{Editor, Shown};
use crate::components::collection_list::row::Place;
use crate::components::{Page, RouteLink, Tone, notice};
use crate::hooks::{LocalEntry, LocalStatus, Open, use_local};
use crate::route::Route;
use crate::text::collection as text;
use crate::text::collections::{IMPORTED, IN_BROWSER};
use crate::text::general::{BACK, LOADING};
use yew::prelude::*;

/// Properties of [`LocalCollectionPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LocalCollectionPageProps {
    /// Its id in this browser.
    pub id: AttrValue,
}

/// The collection, or why it is not there.
#[component]
pub fn LocalCollectionPage(props: &LocalCollectionPageProps) -> Html {
    let local = use_local();
    let entry = local
        .entries
        .iter()
        .find(|entry| *entry.collection.id == *props.id);
    // When another tab deletes it, what was being written here must not go with it.
    let last = use_mut_ref(|| None);
    let gone = entry.is_none();
    if let Some(entry) = entry {
        last.replace(Some(shown(entry)));
    }
    match (&local.status, last.borrow().clone()) {
        (_, Some(shown)) => {
            let open = Open::Browser(local.clone(), props.id.to_string());
            html! { <Editor {shown} {open} {gone} /> }
        }
        (LocalStatus::Loading, None) => html! { <Page title={LOADING} /> },
        (_, None) => {
            let body = html! {
                <>
                    <p>{ text::MISSING_BODY }</p>
                    <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
                </>
            };
            html! {
                <Page title={text::MISSING_TITLE}>
                    { notice(Tone::Plain, text::MISSING_TITLE, body) }
                </Page>
            }
        }
    }
}

fn shown(entry: &LocalEntry) -> Shown {
    let collection = &entry.collection;
    let place = if entry.imported.is_some() {
        IMPORTED
    } else {
        IN_BROWSER
    };
    Shown {
        place: Place::Browser {
            id: collection.id.clone(),
            imported: entry.imported.is_some(),
        },
        badge: ("badge", place),
        name: collection.name.clone().into(),
        changed: collection.changed,
        members: collection.members.clone(),
        note: collection.note.clone().map(AttrValue::from),
    }
}
