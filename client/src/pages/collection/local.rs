//! The page of a collection of this browser.

use super::displayed_collection::DisplayedCollection;
use super::editor::Editor;
use crate::components::{Page, RouteLink, Severity, notice};
use crate::hooks::{CollectionHandle, CollectionRecord, LocalStatus, use_local_collections};
use crate::route::Route;
use crate::state::collection_row::CollectionLocation;
use crate::text::collection as text;
use crate::text::collections::{IMPORTED, IN_BROWSER};
use crate::text::general::{BACK, LOADING};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LocalCollectionPageProps {
    pub id: AttrValue,
}

#[component]
pub fn LocalCollectionPage(props: &LocalCollectionPageProps) -> Html {
    let local = use_local_collections();
    let entry = local
        .entries
        .iter()
        .find(|entry| *entry.collection.id == *props.id);
    // The last state is kept, so that input in the forms survives a deletion by another tab.
    let last = use_mut_ref(|| None);
    let is_deleted = entry.is_none();
    if let Some(entry) = entry {
        last.replace(Some(displayed_collection(entry)));
    }
    match (&local.status, last.borrow().clone()) {
        (_, Some(collection)) => {
            let handle = CollectionHandle::Browser(local.clone(), props.id.to_string());
            html! { <Editor {collection} {handle} {is_deleted} /> }
        }
        (LocalStatus::Loading, None) => html! { <Page title={LOADING} /> },
        (_, None) => {
            let body = html! {
                <>
                    <p>{ text::NOT_FOUND_BODY }</p>
                    <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
                </>
            };
            html! {
                <Page title={text::NOT_FOUND_TITLE}>
                    { notice(Severity::Info, text::NOT_FOUND_TITLE, body) }
                </Page>
            }
        }
    }
}

fn displayed_collection(entry: &CollectionRecord) -> DisplayedCollection {
    let collection = &entry.collection;
    let imported = entry.imported.is_some();
    DisplayedCollection {
        location: CollectionLocation::Browser {
            id: collection.id.clone(),
            imported,
        },
        badge: ("badge", if imported { IMPORTED } else { IN_BROWSER }),
        name: collection.name.clone().into(),
        changed: collection.changed,
        members: collection.members.clone(),
        note: collection.note.clone().map(AttrValue::from),
    }
}
