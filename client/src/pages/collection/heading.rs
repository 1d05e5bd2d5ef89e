//! The name of a collection, and what can be done with the whole of it.

use super::editor::Shown;
use crate::components::collection_list::row::Row;
use crate::components::later::Later;
use crate::components::rename::Rename;
use crate::components::{Page, when};
use crate::hooks::Edit;
use crate::hooks::light::{use_effect_with, use_state};
use crate::later::{Asked, Wanted};
use crate::text::collection::RENAME;
use crate::text::collections::DELETE;
use crate::text::files::EXPORT;
use crate::text::format::traits;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Heading`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HeadingProps {
    /// The collection.
    pub(super) shown: Shown,
    /// Whether the name is being changed.
    pub(super) renaming: bool,
    /// The user wants to change the name, or no longer.
    pub(super) on_renaming: Callback<bool>,
    /// The user wants this done.
    pub(super) act: Callback<Edit>,
    /// The rest of the page.
    pub(super) children: Html,
}

/// The page with its heading; the heading turns into a field while it is renamed.
#[component]
pub(super) fn Heading(props: &HeadingProps) -> Html {
    let rename_button = use_node_ref();
    let was_renaming = use_mut_ref(|| false);
    let exporting = use_state(|| false);
    let on_exporting = {
        let exporting = exporting.setter();
        Callback::from(move |to| exporting.set(to))
    };
    let Shown {
        place: kept,
        badge: (class, place),
        name,
        changed,
        members,
        note,
    } = &props.shown;
    {
        let rename_button = rename_button.clone();
        use_effect_with(props.renaming, move |renaming| {
            let back = was_renaming.replace(*renaming) && !renaming;
            if let (true, Some(button)) = (back, rename_button.cast::<HtmlElement>()) {
                let _ = button.focus();
            }
        });
    }
    let aside = if props.renaming {
        html! {
            <Rename
                name={name.clone()}
                on_save={props.act.reform(Edit::Rename)}
                on_cancel={props.on_renaming.reform(|()| false)}
            />
        }
    } else {
        html! {
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    ref={rename_button}
                    onclick={props.on_renaming.reform(|_| true)}
                >
                    { RENAME }
                </button>
                <button
                    type="button"
                    class="button"
                    onclick={on_exporting.reform(|_| true)}
                >
                    { EXPORT }
                </button>
                <button
                    type="button"
                    class="button button--danger"
                    onclick={props.act.reform(|_| Edit::Delete)}
                >
                    { DELETE }
                </button>
            </div>
        }
    };
    let rows = Rc::<[Row]>::from([Row {
        place: kept.clone(),
        name: name.clone(),
        num_members: members.len() as u64,
        changed: *changed,
    }]);
    let lead = html! {
        <>
            <p class="facts">
                <span class={*class}>{ *place }</span>
                <span>{ traits(members.len() as u64) }</span>
                { when::changed(*changed) }
            </p>
            if let Some(note) = note {
                <p class="small soft"><bdi>{ note }</bdi></p>
            }
        </>
    };
    html! {
        <Page
            key="collection"
            title={name.clone()}
            is_name=true
            heading_hidden={props.renaming}
            {lead}
            {aside}
        >
            { props.children.clone() }
            if *exporting {
                <Later wanted={Wanted::Dialog(Asked::Export(rows), on_exporting.reform(|()| false))} />
            }
        </Page>
    }
}
