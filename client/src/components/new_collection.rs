//! Making a collection: its name and, at once or later, its traits.

use crate::components::Dialog;
use crate::components::choice::choice;
use crate::components::page::idle;
use crate::components::traits_field::traits_field;
use crate::hooks::light::{UseStateHandle, use_state};
use crate::hooks::use_gathering;
use crate::text::collection::Purpose;
use crate::text::collections as text;
use crate::text::errors::Words;
use crate::text::general::CANCEL;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The longest name that an account takes, in characters.
pub const NAME_LENGTH: &str = "500";

/// Where a collection can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// In the account.
    InAccount,
    /// In this browser.
    InBrowser,
}

/// A collection that the user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where.
    pub keep: Keep,
    /// Its name, trimmed and not blank.
    pub name: String,
    /// Its members.
    pub members: Vec<String>,
}

/// Properties of [`NewCollection`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NewCollectionProps {
    /// Where it can be kept, the usual place first; not empty.
    pub places: &'static [Keep],
    /// Whether it is being stored.
    #[prop_or_default]
    pub busy: bool,
    /// Why it could not be stored the last time.
    #[prop_or_default]
    pub failure: Option<Words>,
    /// What can be done about that; what is behind the dialog is out of reach.
    #[prop_or_default]
    pub remedy: Html,
    /// The user wants a collection.
    pub on_create: Callback<Wanted>,
    /// The user wants none after all.
    pub on_cancel: Callback<()>,
}

/// The dialog that asks for name and traits.
#[component]
pub fn NewCollection(props: &NewCollectionProps) -> Html {
    let name = use_state(String::new);
    let none = use_memo((), |()| Rc::<[String]>::from([]));
    let gathering = use_gathering((*none).clone());
    let keep = use_state(|| props.places[0]);
    let name_missing = use_state(|| false);
    let name_field = use_node_ref();
    let is_idle = props.busy || gathering.is_reading();

    let name_input = {
        let (name, name_missing) = (name.setter(), name_missing.setter());
        Callback::from(move |event: InputEvent| {
            name.set(event.target_unchecked_into::<HtmlInputElement>().value());
            name_missing.set(false);
        })
    };
    let onsubmit = {
        let (keep, name, gathering) = (*keep, name.clone(), gathering.clone());
        let (name_missing, on_create) = (name_missing.setter(), props.on_create.clone());
        let name_field = name_field.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_idle {
                return;
            }
            if name.trim().is_empty() {
                name_missing.set(true);
                if let Some(field) = name_field.cast::<HtmlInputElement>() {
                    let _ = field.focus();
                }
            } else {
                on_create.emit(Wanted {
                    keep,
                    name: name.trim().to_owned(),
                    members: gathering.all(),
                });
            }
        })
    };
    let traits_label = html! { <label for="new-traits">{ text::TRAITS_OPTIONAL }</label> };
    html! {
        <Dialog title={text::NEW} on_cancel={props.on_cancel.clone()}>
            <form class="form" novalidate=true {onsubmit}>
                <div class="field">
                    <label for="new-name">{ text::NAME }</label>
                    <input
                        id="new-name"
                        type="text"
                        dir="auto"
                        autocomplete="off"
                        maxlength={NAME_LENGTH}
                        required=true
                        ref={name_field}
                        aria-invalid={name_missing.then_some("true")}
                        aria-describedby={name_missing.then_some("new-name-missing")}
                        value={(*name).clone()}
                        oninput={name_input}
                    />
                    if *name_missing {
                        <span id="new-name-missing" class="field__error" role="alert">
                            { text::NAME_MISSING }
                        </span>
                    }
                </div>
                { traits_field("new-traits", traits_label, &gathering, Purpose::Making) }
                if props.places.len() > 1 {
                    { places(text::KEEP, props.places, &keep) }
                }
                if let Some(failure) = &props.failure {
                    <p class="field__error" role="alert">
                        <strong>{ failure.title }{ ". " }</strong>
                        { &failure.body }
                    </p>
                    { props.remedy.clone() }
                }
                <div class="dialog__actions">
                    <button
                        type="button"
                        class="button"
                        onclick={props.on_cancel.reform(|_| ())}
                    >
                        { CANCEL }
                    </button>
                    <button type="submit" class="button button--primary" aria-disabled={idle(is_idle)}>
                        { text::CREATE }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// The choice where it is kept, or they are; the `legend` says which.
pub fn places(
    legend: &'static str,
    places: &'static [Keep],
    chosen: &UseStateHandle<Keep>,
) -> Html {
    let choices = places.iter().map(|place| {
        let label = match place {
            Keep::InAccount => text::IN_ACCOUNT,
            Keep::InBrowser => text::IN_BROWSER,
        };
        (label.into(), "", *place == **chosen)
    });
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |place: usize| chosen.set(places[place]))
    };
    choice(legend, "keep", choices, &on_choose)
}
