//! Changing a name in place.

use crate::components::new_collection::NAME_LENGTH;
use crate::hooks::light::{use_effect_with, use_state};
use crate::text::collections::{NAME, NAME_MISSING};
use crate::text::general::{CANCEL, SAVE};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Rename`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RenameProps {
    /// The name as it is.
    pub name: AttrValue,
    /// The user wants this name.
    pub on_save: Callback<String>,
    /// The user wants the name to stay.
    pub on_cancel: Callback<()>,
}

/// A field with the name in it. Enter saves, Escape leaves it as it was.
#[component]
pub fn Rename(props: &RenameProps) -> Html {
    let name = use_state(|| props.name.to_string());
    let field = use_node_ref();
    let missing = name.trim().is_empty();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let oninput = {
        let name = name.setter();
        Callback::from(move |event: InputEvent| {
            name.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onsubmit = {
        let (name, on_save) = (name.clone(), props.on_save.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !name.trim().is_empty() {
                on_save.emit(name.trim().to_owned());
            }
        })
    };
    let onkeydown = {
        let on_cancel = props.on_cancel.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_cancel.emit(());
            }
        })
    };
    html! {
        <form class="rename" {onsubmit} {onkeydown}>
            <div class="field">
                <label for="rename">{ NAME }</label>
                <input
                    id="rename"
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    maxlength={NAME_LENGTH}
                    ref={field}
                    aria-invalid={missing.then_some("true")}
                    aria-describedby={missing.then_some("rename-missing")}
                    value={(*name).clone()}
                    {oninput}
                />
                if missing {
                    <span id="rename-missing" class="field__error" role="alert">{ NAME_MISSING }</span>
                }
            </div>
            <div class="actions">
                <button type="submit" class="button button--primary" disabled={missing}>{ SAVE }</button>
                <button type="button" class="button" onclick={props.on_cancel.reform(|_| ())}>
                    { CANCEL }
                </button>
            </div>
        </form>
    }
}
