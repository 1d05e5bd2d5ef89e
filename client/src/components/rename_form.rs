//! The form that renames a collection in place. Enter saves, Escape cancels.

use crate::components::dom::on_input;
use crate::components::{button, name_field};
use crate::text::general::{CANCEL, SAVE};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RenameFormProps {
    pub name: AttrValue,
    pub on_save: Callback<String>,
    pub on_cancel: Callback<()>,
}

#[component]
pub fn RenameForm(props: &RenameFormProps) -> Html {
    let name = use_state(|| props.name.to_string());
    let is_blank = name.trim().is_empty();
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with((), move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let _ = input.focus();
                input.select();
            }
        });
    }
    let onsubmit = {
        let (name, on_save) = (name.trim().to_owned(), props.on_save.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !name.is_empty() {
                on_save.emit(name.clone());
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
    let field = name_field("rename", &name, false, is_blank, input, on_input(&name));
    html! {
        <form class="rename" {onsubmit} {onkeydown}>
            { field }
            <div class="actions">
                <button type="submit" class="button button--primary" disabled={is_blank}>{ SAVE }</button>
                { button("", CANCEL, &props.on_cancel) }
            </div>
        </form>
    }
}
