//! The editor of a collection: its traits, and the forms and messages that change it.

use super::conflict::{Conflict, conflict_notice, deleted_elsewhere};
use super::displayed_collection::DisplayedCollection;
use super::edit_runner::EditRunner;
use super::heading::Heading;
use super::history::History;
use crate::components::add_traits::AddTraits;
use crate::components::dom::focus_heading;
use crate::components::trait_table::TraitTable;
use crate::components::{RouteLink, use_toaster};
use crate::hooks::{
    CollectionEdit, CollectionHandle, use_collection_actions, use_config, use_navigator,
};
use crate::lazy::Lazy;
use crate::pages::chunks::bulk_actions::BulkActionsView;
use crate::pages::dialog_kind::DialogKind;
use crate::route::Route;
use crate::text::general::BACK;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct EditorProps {
    pub(super) collection: DisplayedCollection,
    pub(super) handle: CollectionHandle,
    /// Whether the collection was deleted elsewhere: then its last known state is shown.
    #[prop_or_default]
    pub(super) is_deleted: bool,
}

#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let (actions, toaster, navigator) = (use_collection_actions(), use_toaster(), use_navigator());
    let config = use_config();
    let (is_renaming, is_busy) = (use_state(|| false), use_state(|| false));
    let conflict = use_state(|| None::<Rc<Conflict>>);
    let copied_members = use_state(|| None::<Rc<Vec<String>>>);
    let EditorProps {
        collection, handle, ..
    } = props;
    let members = use_memo(collection.members.clone(), |members| {
        Rc::<[String]>::from(members.clone())
    });
    let trait_url = config
        .ready()
        .and_then(|config| config.links.r#trait.clone());
    let on_edit = {
        let runner = EditRunner {
            handle: handle.clone(),
            name: collection.name.clone(),
            actions,
            toaster,
            navigator,
            is_renaming: is_renaming.setter(),
            is_busy: is_busy.setter(),
            had_conflict: conflict.is_some(),
            conflict: conflict.setter(),
        };
        Callback::from(move |edit| spawn_local(runner.clone().run(edit)))
    };
    let on_dismiss = {
        let conflict = conflict.setter();
        Callback::from(move |_| {
            conflict.set(None);
            focus_heading();
        })
    };
    let on_renaming = {
        let is_renaming = is_renaming.setter();
        Callback::from(move |renaming| is_renaming.set(renaming))
    };
    let on_copy = {
        let copied_members = copied_members.setter();
        Callback::from(move |members| copied_members.set(Some(Rc::new(members))))
    };
    let on_close = {
        let copied_members = copied_members.setter();
        Callback::from(move |()| copied_members.set(None))
    };
    html! {
        <Heading collection={collection.clone()} is_renaming={*is_renaming} {on_renaming} on_edit={on_edit.clone()}>
            if let Some(conflict) = &*conflict {
                { conflict_notice(conflict, *is_busy, &on_edit, on_dismiss) }
            } else if props.is_deleted {
                { deleted_elsewhere() }
            }
            <AddTraits
                members={(*members).clone()}
                is_busy={*is_busy}
                on_add={on_edit.reform(CollectionEdit::Add)}
            />
            <TraitTable
                members={(*members).clone()}
                trait_url={trait_url.map(AttrValue::from)}
                on_remove={Some(on_edit.reform(CollectionEdit::Remove))}
                on_copy={Some(on_copy)}
            />
            <History collection={collection.clone()} handle={handle.clone()} {on_edit} />
            if let Some(members) = &*copied_members {
                <Lazy<BulkActionsView> view={BulkActionsView::Dialog {
                    kind: DialogKind::Copy {
                        members: members.clone(),
                        source_id: handle.id().into(),
                    },
                    on_close,
                }} />
            }
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Heading>
    }
}
