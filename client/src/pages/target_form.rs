//! The form that puts traits into a collection, existing or new, in the account or this browser.
//!
//! - [`copy_target`], [`target_field`]: the collections to choose from
//! - [`copy_request`]: the request that puts the traits there

mod copy_request;
mod copy_target;
mod target_field;

use crate::components::dom::input_value;
use crate::components::{
    api_error_notice, destination_field, form_buttons, form_error, name_field, use_sign_in_again,
};
use crate::hooks::{
    CollectionActions, LocalStatus, Remote, SaveOutcome, use_account_collections,
    use_collection_actions, use_local_collections, use_session,
};
use crate::route::Route;
use crate::state::destination::Destination;
use crate::text::collections::{DESTINATION, NAME_MISSING};
use crate::text::errors::NoticeText;
use crate::text::{copy as text, editing};
use copy_request::CopyRequest;
use copy_target::{CopyTarget, TargetOption, target_options};
use std::rc::Rc;
use target_field::TargetField;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TargetFormProps {
    /// The traits, all of which GeneNetwork can show.
    pub members: Rc<Vec<String>>,
    /// The collection that holds the traits, which is not offered as target.
    #[prop_or_default]
    pub source_id: AttrValue,
    pub target_label: &'static str,
    pub submit_label: AttrValue,
    pub busy_label: AttrValue,
    pub on_done: Callback<CopiedTraits>,
    pub on_cancel: Callback<()>,
}

/// The collection that has received the traits, and how it was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct CopiedTraits {
    pub name: AttrValue,
    /// The page of the collection.
    pub page: Route,
    pub saved: SaveOutcome,
}

#[component]
pub fn TargetForm(props: &TargetFormProps) -> Html {
    let actions = use_collection_actions();
    let local = use_local_collections();
    let account = use_account_collections().data;
    let sign_in_again = use_sign_in_again();
    let is_signed_in = use_session().api.is_some();
    let destinations = destinations(is_signed_in, local.status == LocalStatus::Ready);
    let destination = use_state(|| destinations[0]);
    let chosen = use_state(TargetOption::new_collection);
    let name = use_state(String::new);
    let (is_busy, error) = (use_state(|| false), use_state(|| None::<NoticeText>));
    // A repeated attempt of the same copy has the same key.
    let content = (name.trim().to_owned(), *destination);
    let key = use_memo(content, |_| Uuid::new_v4());
    let list = account.ready().map(|list| &*list.collections);
    let options = Rc::new(target_options(list, &local.entries, &props.source_id));
    let mut found = options.iter();
    let current = found.find(|option| option.target == chosen.target).cloned();
    let is_missing = current.is_none();
    let oninput = {
        let (name, error) = (name.setter(), error.setter());
        Callback::from(move |event: InputEvent| {
            name.set(input_value(&event));
            error.set(None);
        })
    };
    let on_choose = {
        let (chosen, error) = (chosen.setter(), error.setter());
        Callback::from(move |option| {
            chosen.set(option);
            error.set(None);
        })
    };
    let submission = Submission {
        actions,
        is_busy: is_busy.clone(),
        error: error.setter(),
        on_done: props.on_done.clone(),
    };
    let onsubmit = {
        let (target, members) = (current, props.members.clone());
        let (name, destination) = (name.trim().to_owned(), *destination);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(option) = target.clone() {
                let request = CopyRequest {
                    target: option.target,
                    members: Vec::clone(&members),
                    name: name.clone(),
                    destination,
                    key: *key,
                };
                submission.start(request, option.name);
            }
        })
    };
    let submit_label = if *is_busy {
        &props.busy_label
    } else {
        &props.submit_label
    };
    html! {
        <form class="form" novalidate=true {onsubmit}>
            <TargetField label={props.target_label} {options} chosen={(*chosen).clone()} {on_choose} />
            if let Remote::Failed(error) = &account {
                { api_error_notice(error, Html::default()) }
            }
            if chosen.target == CopyTarget::New {
                { name_field("copy-name", &name, true, false, NodeRef::default(), oninput) }
                { destination_field(DESTINATION, destinations, &destination) }
            }
            if let Some(error) = &*error {
                { form_error(error, &sign_in_again) }
            }
            { form_buttons(&props.on_cancel, submit_label, is_missing || props.members.is_empty(), *is_busy) }
        </form>
    }
}

/// Returns where a new collection can be stored, the default first.
fn destinations(is_signed_in: bool, is_browser_ready: bool) -> &'static [Destination] {
    match (is_signed_in, is_browser_ready) {
        (true, true) => &[Destination::Account, Destination::Browser],
        (true, false) => &[Destination::Account],
        (false, _) => &[Destination::Browser],
    }
}

/// Runs a copy for the form.
#[derive(Clone)]
struct Submission {
    actions: CollectionActions,
    is_busy: UseStateHandle<bool>,
    error: UseStateSetter<Option<NoticeText>>,
    on_done: Callback<CopiedTraits>,
}

impl Submission {
    fn start(&self, request: CopyRequest, target_name: AttrValue) {
        if *self.is_busy {
            return;
        }
        let is_new = request.target == CopyTarget::New;
        if is_new && request.name.is_empty() {
            let missing = NoticeText::new(text::NAME_MISSING_TITLE, NAME_MISSING);
            return self.error.set(Some(missing));
        }
        let name = if is_new {
            request.name.clone().into()
        } else {
            target_name
        };
        self.is_busy.set(true);
        spawn_local(self.clone().run(request, name));
    }

    async fn run(self, request: CopyRequest, name: AttrValue) {
        match request.run(&self.actions).await {
            Ok((page, saved)) => self.on_done.emit(CopiedTraits { name, page, saved }),
            Err(error) => {
                self.is_busy.set(false);
                self.error.set(Some(editing::edit_error(&error)));
            }
        }
    }
}
