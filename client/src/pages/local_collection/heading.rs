//! The name of a collection of this browser, and what can be done with the whole of it.

use crate::components::rename::Rename;
use crate::components::toast::{Toast, use_toaster};
use crate::components::{Page, when};
use crate::hooks::{LocalEntry, use_local};
use crate::pages::local_actions::{Deletion, show_failure, use_delete_local};
use crate::route::Route;
use crate::text::collection::RENAME;
use crate::text::collections::{DELETE, IMPORTED, IN_BROWSER, RENAMED};
use crate::text::format::traits;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::hooks::use_navigator;

/// Properties of [`Heading`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HeadingProps {
    /// The collection.
    pub(super) entry: LocalEntry,
    /// The rest of the page.
    pub(super) children: Html,
}

/// The page with its heading; the heading turns into a field while it is renamed.
#[component]
pub(super) fn Heading(props: &HeadingProps) -> Html {
    let (local, toaster, navigator) = (use_local(), use_toaster(), use_navigator());
    let delete = use_delete_local();
    let renaming = use_state(|| false);
    let rename_button = use_node_ref();
    let was_renaming = use_mut_ref(|| false);
    let collection = &props.entry.collection;
    {
        let rename_button = rename_button.clone();
        use_effect_with(*renaming, move |renaming| {
            let back = was_renaming.replace(*renaming) && !renaming;
            if let (true, Some(button)) = (back, rename_button.cast::<HtmlElement>()) {
                let _ = button.focus();
            }
        });
    }
    let set_renaming = |to: bool| {
        let renaming = renaming.setter();
        move || renaming.set(to)
    };
    let on_save = {
        let (id, close) = (collection.id.clone(), set_renaming(false));
        Callback::from(move |name: String| {
            let (local, toaster) = (local.clone(), toaster.clone());
            let (id, close) = (id.clone(), close.clone());
            spawn_local(async move {
                match local.rename(&id, &name).await {
                    Ok(()) => {
                        close();
                        toaster.show(Toast::new(RENAMED).about(name));
                    }
                    Err(error) => show_failure(&toaster, &error),
                }
            });
        })
    };
    let on_cancel = {
        let close = set_renaming(false);
        Callback::from(move |()| close())
    };
    let on_delete = {
        let deletion = Deletion::one(collection.id.clone(), collection.name.clone().into());
        Callback::from(move |_: MouseEvent| {
            delete.emit(deletion.clone());
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Collections);
            }
        })
    };
    let open = set_renaming(true);
    let aside = if *renaming {
        html! { <Rename name={collection.name.clone()} {on_save} {on_cancel} /> }
    } else {
        html! {
            <div class="actions">
                <button type="button" class="button" ref={rename_button} onclick={move |_| open()}>
                    { RENAME }
                </button>
                <button type="button" class="button button--danger" onclick={on_delete}>{ DELETE }</button>
            </div>
        }
    };
    let place = if props.entry.imported.is_some() {
        IMPORTED
    } else {
        IN_BROWSER
    };
    let lead = html! {
        <p class="facts">
            <span class="badge">{ place }</span>
            <span>{ traits(collection.members.len() as u64) }</span>
            { when::day(collection.changed) }
        </p>
    };
    html! {
        <Page
            title={collection.name.clone()}
            is_name=true
            heading_hidden={*renaming}
            {lead}
            {aside}
        >
            { props.children.clone() }
        </Page>
    }
}
