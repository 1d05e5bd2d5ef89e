//! The way to GeneNetwork's page of a collection: a link, or for a collection of this browser a
//! button that copies it to the account first.

use crate::browser::address::navigate_to;
use crate::components::dom::aria_disabled;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::{
    CollectionActions, EditError, Remote, use_collection_actions, use_config,
    use_local_collections, use_session,
};
use crate::pages::delete_actions::show_failure;
use crate::state::collection_row::CollectionLocation;
use crate::text::copy as text;
use crate::text::general::SIGN_IN;
use shared::api::LocalCollection;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OpenInGeneNetworkProps {
    pub(super) location: CollectionLocation,
}

/// Renders nothing where the server names no page of GeneNetwork.
#[component]
pub(super) fn OpenInGeneNetwork(props: &OpenInGeneNetworkProps) -> Html {
    let label = match &props.location {
        CollectionLocation::Account(_) => text::OPEN,
        CollectionLocation::Browser { .. } => text::COPY_AND_OPEN,
    };
    let template = match use_config() {
        Remote::Ready(config) => config.links.collection.clone(),
        Remote::Failed(_) | Remote::Absent => None,
        // Takes its space, so that the buttons beside it stay where they are.
        Remote::Loading => {
            return html! { <button type="button" class="button button--waiting" disabled=true>{ label }</button> };
        }
    };
    let Some(template) = template else {
        return Html::default();
    };
    match &props.location {
        CollectionLocation::Account(id) => html! {
            <a class="button" href={collection_url(&template, *id)}>{ label }</a>
        },
        CollectionLocation::Browser { id, .. } => {
            html! { <CopyAndOpen {template} id={id.clone()} /> }
        }
    }
}

/// Returns the address of a collection on GeneNetwork. The server accepts only templates of web
/// addresses.
fn collection_url(template: &str, id: Uuid) -> String {
    template.replace("{id}", &id.to_string())
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct CopyAndOpenProps {
    /// The template of the address on GeneNetwork.
    template: AttrValue,
    id: AttrValue,
}

/// A button that copies a collection of this browser to the account and then opens the copy.
#[component]
fn CopyAndOpen(props: &CopyAndOpenProps) -> Html {
    let session = use_session();
    let (actions, local, toaster) = (
        use_collection_actions(),
        use_local_collections(),
        use_toaster(),
    );
    let is_busy = use_state(|| false);
    let onclick = {
        let (props, is_busy) = (props.clone(), is_busy.clone());
        Callback::from(move |_: MouseEvent| {
            if *is_busy {
                return;
            }
            if session.api.is_none() {
                let toast = Toast::new(text::SIGN_IN_TO_OPEN);
                let toast = toast.with_action(SIGN_IN, session.sign_in.clone());
                return toaster.show(toast);
            }
            let mut collections = local.entries.iter().map(|entry| &entry.collection);
            let Some(collection) = collections.find(|one| *one.id == *props.id) else {
                return show_failure(&toaster, &EditError::Gone);
            };
            let copy = CopyAndOpenRequest {
                actions: actions.clone(),
                toaster: toaster.clone(),
                template: props.template.clone(),
                collection: collection.clone(),
            };
            let is_busy = is_busy.clone();
            is_busy.set(true);
            spawn_local(async move {
                copy.run().await;
                is_busy.set(false);
            });
        })
    };
    let label = if *is_busy {
        text::COPYING
    } else {
        text::COPY_AND_OPEN
    };
    html! {
        <button type="button" class="button" aria-disabled={aria_disabled(*is_busy)} {onclick}>
            { label }
        </button>
    }
}

struct CopyAndOpenRequest {
    actions: CollectionActions,
    toaster: Toaster,
    template: AttrValue,
    collection: LocalCollection,
}

impl CopyAndOpenRequest {
    /// Leaves the page only if all members were copied. Otherwise the person reads first what was
    /// not, and opens the copy with a second click.
    async fn run(self) {
        let outcome = match self.actions.copy_to_account(vec![self.collection]).await {
            Ok(outcome) => outcome,
            Err(error) => return show_failure(&self.toaster, &error),
        };
        let url = outcome.target.map(|id| collection_url(&self.template, id));
        let toast = Toast::new(text::copied_collections(outcome, true));
        match url {
            Some(url) if outcome.excluded_members == 0 => navigate_to(&url),
            Some(url) => {
                let on_open = Callback::from(move |()| navigate_to(&url));
                self.toaster.show(toast.with_action(text::OPEN, on_open));
            }
            None => self.toaster.show(toast),
        }
    }
}
