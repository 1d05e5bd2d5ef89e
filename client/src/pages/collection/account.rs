//! The page of a collection of the account.

use super::displayed_collection::DisplayedCollection;
use super::editor::Editor;
use crate::components::{Page, RouteLink, api_error_notice};
use crate::hooks::{
    CollectionHandle, Remote, VersionedCollection, use_account_collection,
    use_account_collection_handle,
};
use crate::pages::require_sign_in::RequireSignIn;
use crate::route::Route;
use crate::state::collection_row::CollectionLocation;
use crate::text::collections::{self, IN_ACCOUNT};
use crate::text::general::{BACK, LOADING};
use shared::api::CollectionDetail;
use uuid::Uuid;
use yew::prelude::*;

pub fn account_collection_page(id: Uuid) -> Html {
    html! {
        <RequireSignIn key={id.to_string()} title={collections::TITLE}>
            <AccountCollectionLoader {id} />
        </RequireSignIn>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct AccountCollectionLoaderProps {
    id: Uuid,
}

#[component]
fn AccountCollectionLoader(props: &AccountCollectionLoaderProps) -> Html {
    match use_account_collection(props.id) {
        Remote::Absent | Remote::Loading => html! { <Page title={LOADING} /> },
        Remote::Failed(error) => {
            let back = html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> };
            html! { <Page title={collections::TITLE}>{ api_error_notice(&error, back) }</Page> }
        }
        Remote::Ready(collection) => html! { <AccountCollectionEditor {collection} /> },
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct AccountCollectionEditorProps {
    collection: VersionedCollection,
}

#[component]
fn AccountCollectionEditor(props: &AccountCollectionEditorProps) -> Html {
    let Some((current, editing)) = use_account_collection_handle(&props.collection) else {
        return Html::default();
    };
    let CollectionDetail {
        summary,
        members,
        note,
    } = &current.value;
    let collection = DisplayedCollection {
        location: CollectionLocation::Account(summary.id),
        badge: ("badge badge--account", IN_ACCOUNT),
        name: summary.name.clone().into(),
        changed: summary.changed,
        members: members.clone(),
        note: note.clone().map(AttrValue::from),
    };
    html! { <Editor {collection} handle={CollectionHandle::Account(editing)} /> }
}
