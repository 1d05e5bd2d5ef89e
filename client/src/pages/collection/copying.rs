//! Copying traits of a collection into another one, old or new.
//!
//! - [`target`]: where they can go
//! - [`job`]: one copy

mod job;
mod target;

use crate::components::new_collection::{Keep, NAME_LENGTH, places};
use crate::components::page::idle;
use crate::components::remedy::use_remedy;
use crate::components::toast::{Toast, use_toaster};
use crate::components::{Dialog, sentence};
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::{
    Kept, LocalStatus, use_account_collections, use_editing, use_local, use_session,
};
use crate::text::collections::{KEEP, NAME, NAME_MISSING};
use crate::text::errors::Words;
use crate::text::general::CANCEL;
use crate::text::{copying as text, editing};
use job::Job;
use std::rc::Rc;
use target::{Choice, Target, choices};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

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
    let remedy = use_remedy();
    let keep_in: &'static [Keep] = match (signed_in, local.status == LocalStatus::Ready) {
        (true, true) => &[Keep::InAccount, Keep::InBrowser],
        (true, false) => &[Keep::InAccount],
        (false, _) => &[Keep::InBrowser],
    };
    let (chosen, name) = (use_state(Choice::new_one), use_state(String::new));
    let keep = use_state(|| keep_in[0]);
    let (busy, failure) = (use_state(|| false), use_state(|| None::<Words>));
    // The same copy asked for again is the same attempt, however often its answer is lost.
    let key = use_state(Uuid::new_v4);
    let list = account.ready().map(|list| &*list.collections);
    let choices = Rc::new(choices(list, &local.entries, &props.from));
    let current = choices.iter().find(|it| it.target == chosen.target);
    let (is_new, is_gone) = (chosen.target == Target::New, current.is_none());
    let field = use_node_ref();
    {
        // Browsers choose another option when the chosen one goes; and what somebody has chosen is no attribute.
        let (field, value) = (field.clone(), current.map(Choice::value));
        use_effect_with((choices.clone(), value), move |(_, value)| {
            if let Some(field) = field.cast::<HtmlSelectElement>() {
                field.set_value(value.as_deref().unwrap_or_default());
            }
        });
    }
    let onchange = {
        let (chosen, failure) = (chosen.setter(), failure.setter());
        let choices = choices.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(choice) = choices.iter().find(|it| it.value() == value) {
                chosen.set(choice.clone());
                failure.set(None);
            }
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
        let choice = current.cloned();
        let (name, keep, key, is_busy) = (name.trim().to_owned(), *keep, *key, *busy);
        let (busy, failure) = (busy.setter(), failure.setter());
        let (members, on_close) = (props.members.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(choice) = choice.clone().filter(|_| !is_busy) else {
                return;
            };
            if is_new && name.is_empty() {
                return failure.set(Some(Words::new(text::NO_NAME, NAME_MISSING)));
            }
            let job = Job {
                editing: editing.clone(),
                members: Vec::clone(&members),
                name: name.clone(),
                keep,
                key,
            };
            let said_name = if is_new {
                AttrValue::from(name.clone())
            } else {
                choice.name
            };
            let (busy, failure, toaster) = (busy.clone(), failure.clone(), toaster.clone());
            let on_close = on_close.clone();
            busy.set(true);
            spawn_local(async move {
                let asked = job.members.len() as u64;
                match job.run(choice.target).await {
                    Ok(Kept { added, stored }) => {
                        on_close.emit(());
                        let said = if stored {
                            text::added(added, asked)
                        } else {
                            editing::WAITS.to_owned()
                        };
                        toaster.show(Toast::new(said).about(said_name));
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
                    <select id="copy-target" ref={field} {onchange}>
                        if is_gone {
                            <option key="" value="" disabled=true>{ text::CHOOSE }</option>
                        }
                        for choice in choices.iter() {
                            { choice.option() }
                        }
                    </select>
                    if is_gone {
                        <span class="field__error" role="alert">{ sentence(text::GONE, Some(&chosen.name)) }</span>
                    }
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
                        { places(KEEP, keep_in, &keep) }
                    }
                }
                if let Some(failure) = &*failure {
                    <p class="field__error" role="alert">
                        <strong>{ failure.title }{ ". " }</strong>
                        { &failure.body }
                    </p>
                    { remedy }
                }
                <div class="dialog__actions">
                    <button type="button" class="button" onclick={props.on_close.reform(|_| ())}>
                        { CANCEL }
                    </button>
                    <button
                        type="submit"
                        class="button button--primary"
                        disabled={is_gone}
                        aria-disabled={idle(*busy)}
                    >
                        { if *busy { text::COPYING } else { text::COPY } }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
