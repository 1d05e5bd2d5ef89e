//! Copying traits of a collection into another one, old or new.

use crate::components::Dialog;
use crate::components::new_collection::{Keep, NAME_LENGTH, places};
use crate::components::page::idle;
use crate::components::toast::{Toast, use_toaster};
use crate::hooks::light::use_state;
use crate::hooks::{
    EditError, Editing, LocalStatus, use_account_collections, use_editing, use_local, use_session,
};
use crate::text::collections::{IN_ACCOUNT, IN_BROWSER, NAME, NAME_MISSING};
use crate::text::errors::Words;
use crate::text::format::short;
use crate::text::general::{CANCEL, NO_NAME};
use crate::text::{copying as text, editing};
use shared::api::CreateCollection;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Where traits are copied to.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Browser(String),
    Account(Uuid),
    New,
}

/// Properties of [`CopyTraits`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CopyTraitsProps {
    /// What is copied.
    pub members: Rc<Vec<String>>,
    /// Id of the collection that they are in, which is no target.
    pub from: AttrValue,
    /// Copied, or not wanted any more.
    pub on_close: Callback<()>,
}

/// The question which collection they go to.
#[component]
pub fn CopyTraits(props: &CopyTraitsProps) -> Html {
    let (editing, local, toaster) = (use_editing(), use_local(), use_toaster());
    let account = use_account_collections().data;
    let signed_in = use_session().api.is_some();
    let keep_in: &'static [Keep] = match (signed_in, local.status == LocalStatus::Ready) {
        (true, true) => &[Keep::InAccount, Keep::InBrowser],
        (true, false) => &[Keep::InAccount],
        (false, _) => &[Keep::InBrowser],
    };
    let (chosen, name) = (use_state(|| 0_usize), use_state(String::new));
    let keep = use_state(|| keep_in[0]);
    let (busy, failure) = (use_state(|| false), use_state(|| None::<Words>));
    // The same copy asked for again is the same attempt, however often its answer is lost.
    let key = use_state(Uuid::new_v4);
    // The first is a new one; the others keep their places while the dialog is open, unless somebody adds one.
    let mut targets = vec![(Target::New, AttrValue::from(text::NEW), None)];
    if let Some(list) = account.ready() {
        let others = list.collections.iter();
        targets.extend(
            others
                .filter(|it| it.id.to_string() != *props.from)
                .map(|it| (Target::Account(it.id), label(&it.name), Some(IN_ACCOUNT))),
        );
    }
    let others = local.entries.iter().map(|entry| &entry.collection);
    targets.extend(others.filter(|it| *it.id != *props.from).map(|it| {
        (
            Target::Browser(it.id.clone()),
            label(&it.name),
            Some(IN_BROWSER),
        )
    }));
    let is_new = *chosen == 0;
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            chosen.set(usize::try_from(select.selected_index()).unwrap_or_default());
        })
    };
    let oninput = {
        let (name, failure) = (name.setter(), failure.setter());
        Callback::from(move |event: InputEvent| {
            name.set(event.target_unchecked_into::<HtmlInputElement>().value());
            failure.set(None);
        })
    };
    let onsubmit = {
        let target = targets.get(*chosen).cloned();
        let (name, keep, key, is_busy) = (name.trim().to_owned(), *keep, *key, *busy);
        let (busy, failure) = (busy.setter(), failure.setter());
        let (members, on_close) = (props.members.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some((target, label, _)) = target.clone().filter(|_| !is_busy) else {
                return;
            };
            if target == Target::New && name.is_empty() {
                return failure.set(Some(Words::new(NAME, NAME_MISSING)));
            }
            let job = Job {
                editing: editing.clone(),
                members: Vec::clone(&members),
                name: name.clone(),
                keep,
                key,
            };
            let said_name = if target == Target::New {
                AttrValue::from(name.clone())
            } else {
                label
            };
            let (busy, failure, toaster) = (busy.clone(), failure.clone(), toaster.clone());
            let on_close = on_close.clone();
            busy.set(true);
            spawn_local(async move {
                let asked = job.members.len() as u64;
                match job.run(target).await {
                    Ok(added) => {
                        on_close.emit(());
                        toaster.show(Toast::new(text::added(added, asked)).about(said_name));
                    }
                    Err(error) => {
                        busy.set(false);
                        failure.set(Some(editing::failure(&error)));
                    }
                }
            });
        })
    };
    html! {
        <Dialog title={text::question(props.members.len())} on_cancel={props.on_close.clone()}>
            <form class="form" novalidate=true {onsubmit}>
                <div class="field">
                    <label for="copy-target">{ text::TARGET }</label>
                    <select id="copy-target" {onchange}>
                        for (place, (_, name, kept)) in targets.iter().enumerate() {
                            <option selected={place == *chosen}>
                                { name }
                                if let Some(kept) = kept { { " · " }{ kept } }
                            </option>
                        }
                    </select>
                </div>
                if is_new {
                    <div class="field">
                        <label for="copy-name">{ NAME }</label>
                        <input
                            id="copy-name"
                            type="text"
                            dir="auto"
                            autocomplete="off"
                            maxlength={NAME_LENGTH}
                            required=true
                            value={(*name).clone()}
                            {oninput}
                        />
                    </div>
                    if keep_in.len() > 1 {
                        { places(keep_in, &keep) }
                    }
                }
                if let Some(failure) = &*failure {
                    <p class="field__error" role="alert">
                        <strong>{ failure.title }{ ". " }</strong>
                        { &failure.body }
                    </p>
                }
                <div class="dialog__actions">
                    <button type="button" class="button" onclick={props.on_close.reform(|_| ())}>
                        { CANCEL }
                    </button>
                    <button type="submit" class="button button--primary" aria-disabled={idle(*busy)}>
                        { if *busy { text::COPYING } else { text::COPY } }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

fn label(name: &str) -> AttrValue {
    match short(name) {
        name if name.is_empty() => NO_NAME.into(),
        name => name.into(),
    }
}

/// One copy.
struct Job {
    editing: Editing,
    members: Vec<String>,
    name: String,
    keep: Keep,
    key: Uuid,
}

impl Job {
    /// Copies, and says how many traits were new there.
    async fn run(self, target: Target) -> Result<u64, EditError> {
        let Self {
            editing,
            members,
            name,
            keep,
            key,
        } = self;
        let all = members.len() as u64;
        match (target, keep) {
            (Target::Browser(id), _) => return editing.add_here(&id, members).await,
            (Target::Account(id), _) => return editing.add_in_account(id, members).await,
            (Target::New, Keep::InBrowser) => {
                editing.create_here(&name, members).await?;
            }
            (Target::New, Keep::InAccount) => {
                let request = CreateCollection {
                    name,
                    members,
                    note: None,
                };
                editing.create_in_account(&request, key, |_| ()).await?;
            }
        }
        Ok(all)
    }
}
