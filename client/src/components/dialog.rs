//! Modal dialogs.

use crate::components::button;
use crate::components::dom::aria_disabled;
use crate::text::general::CANCEL;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct DialogProps {
    pub title: AttrValue,
    pub on_cancel: Callback<()>,
    pub children: Html,
}

/// A modal dialog that is open as long as it is rendered. The focus moves into it, and afterwards
/// back to where it was.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let focused_before = gloo_utils::document()
                .active_element()
                .and_then(|element| element.dyn_into::<HtmlElement>().ok());
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog
                && !dialog.open()
            {
                // Fails only for an element outside the document, which nobody sees.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                if let Some(element) = focused_before {
                    let _ = element.focus();
                }
            }
        });
    }
    let oncancel = props.on_cancel.reform(|event: Event| {
        // The parent decides whether the dialog closes.
        event.prevent_default();
    });
    html! {
        <dialog ref={dialog} aria-labelledby="dialog-title" {oncancel}>
            <div class="dialog__body">
                <h2 id="dialog-title">{ &*props.title }</h2>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// Renders the buttons of a dialog with a form. While `is_busy`, the submit button keeps the focus
/// and does nothing.
pub fn form_buttons(
    on_cancel: &Callback<()>,
    submit_label: &str,
    is_disabled: bool,
    is_busy: bool,
) -> Html {
    html! {
        <div class="dialog__actions">
            { button("", CANCEL, on_cancel) }
            <button
                type="submit"
                class="button button--primary"
                disabled={is_disabled}
                aria-disabled={aria_disabled(is_busy)}
            >
                { submit_label }
            </button>
        </div>
    }
}
