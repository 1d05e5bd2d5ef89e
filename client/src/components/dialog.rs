//! Questions that need an answer before anything else.

use crate::hooks::light::use_effect_with;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// The question.
    pub title: AttrValue,
    /// The user leaves it without an answer.
    pub on_cancel: Callback<()>,
    /// What it says and asks.
    pub children: Html,
}

/// A modal dialog, open for as long as it is drawn. The focus goes into it and afterwards back to where it
/// was.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let before = gloo_utils::document()
                .active_element()
                .and_then(|element| element.dyn_into::<HtmlElement>().ok());
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog
                && !dialog.open()
            {
                // Fails only for an element that is not in the document: then there is nothing to show.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                if let Some(before) = before {
                    let _ = before.focus();
                }
            }
        });
    }
    let oncancel = {
        let on_cancel = props.on_cancel.clone();
        Callback::from(move |event: Event| {
            // Whether it is open is decided by whoever draws it.
            event.prevent_default();
            on_cancel.emit(());
        })
    };
    html! {
        <dialog ref={dialog} aria-labelledby="dialog-title" {oncancel}>
            <div class="dialog__body">
                <h2 id="dialog-title">{ &*props.title }</h2>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
