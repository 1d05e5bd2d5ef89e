//! The page around a collection: its name, its facts, and the buttons for the whole collection.

use super::displayed_collection::DisplayedCollection;
use super::open_in_genenetwork::OpenInGeneNetwork;
use crate::components::dom::focus;
use crate::components::rename_form::RenameForm;
use crate::components::{Page, date_time};
use crate::hooks::CollectionEdit;
use crate::lazy::Lazy;
use crate::pages::chunks::bulk_actions::BulkActionsView;
use crate::pages::dialog_kind::DialogKind;
use crate::state::collection_row::CollectionRow;
use crate::text::collection::RENAME;
use crate::text::collections::DELETE;
use crate::text::files::EXPORT;
use crate::text::format::traits;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HeadingProps {
    pub(super) collection: DisplayedCollection,
    /// Whether a form replaces the name.
    pub(super) is_renaming: bool,
    pub(super) on_renaming: Callback<bool>,
    pub(super) on_edit: Callback<CollectionEdit>,
    pub(super) children: Html,
}

#[component]
pub(super) fn Heading(props: &HeadingProps) -> Html {
    let rename_button = use_node_ref();
    let was_renaming = use_mut_ref(|| false);
    let is_exporting = use_state(|| false);
    let on_exporting = {
        let is_exporting = is_exporting.setter();
        Callback::from(move |exporting| is_exporting.set(exporting))
    };
    {
        let rename_button = rename_button.clone();
        use_effect_with(props.is_renaming, move |is_renaming| {
            if was_renaming.replace(*is_renaming) && !is_renaming {
                focus(&rename_button);
            }
        });
    }
    let collection = &props.collection;
    let aside = if props.is_renaming {
        html! {
            <RenameForm
                name={collection.name.clone()}
                on_save={props.on_edit.reform(CollectionEdit::Rename)}
                on_cancel={props.on_renaming.reform(|()| false)}
            />
        }
    } else {
        html! {
            <div class="actions">
                <OpenInGeneNetwork location={collection.location.clone()} />
                <button type="button" class="button" ref={rename_button} onclick={props.on_renaming.reform(|_| true)}>
                    { RENAME }
                </button>
                <button type="button" class="button" onclick={on_exporting.reform(|_| true)}>
                    { EXPORT }
                </button>
                <button type="button" class="button button--danger" onclick={props.on_edit.reform(|_| CollectionEdit::Delete)}>
                    { DELETE }
                </button>
            </div>
        }
    };
    html! {
        <Page
            key="collection"
            title={collection.name.clone()}
            is_name=true
            heading_hidden={props.is_renaming}
            lead={lead(collection)}
            {aside}
        >
            { props.children.clone() }
            if *is_exporting {
                <Lazy<BulkActionsView> view={BulkActionsView::Dialog {
                    kind: DialogKind::Export(Rc::from([row(collection)])),
                    on_close: on_exporting.reform(|()| false),
                }} />
            }
        </Page>
    }
}

fn lead(collection: &DisplayedCollection) -> Html {
    let (class, location) = collection.badge;
    html! {
        <>
            <p class="facts">
                <span {class}>{ location }</span>
                <span>{ traits(collection.members.len() as u64) }</span>
                { date_time::changed_date(collection.changed) }
            </p>
            if let Some(note) = &collection.note {
                <p class="small soft"><bdi>{ note }</bdi></p>
            }
        </>
    }
}

fn row(collection: &DisplayedCollection) -> CollectionRow {
    CollectionRow {
        location: collection.location.clone(),
        name: collection.name.clone(),
        num_members: collection.members.len() as u64,
        changed: collection.changed,
        browser_copy: None,
    }
}
