//! The dialog that creates a collection, empty or with traits.

use crate::components::dom::{focus, input_value};
use crate::components::traits_field::traits_field;
use crate::components::{Dialog, destination_field, form_buttons, form_error, name_field};
use crate::hooks::use_trait_input;
use crate::state::destination::Destination;
use crate::text::collection::Purpose;
use crate::text::collections as text;
use crate::text::errors::NoticeText;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCollection {
    pub destination: Destination,
    /// The name, trimmed and not blank.
    pub name: String,
    pub members: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NewCollectionDialogProps {
    /// The possible destinations, the usual one first; not empty.
    pub destinations: &'static [Destination],
    #[prop_or_default]
    pub is_busy: bool,
    /// Why the last attempt failed.
    #[prop_or_default]
    pub error: Option<NoticeText>,
    /// The action about the error that needs no leaving of the dialog.
    #[prop_or_default]
    pub error_action: Html,
    pub on_create: Callback<NewCollection>,
    pub on_cancel: Callback<()>,
}

#[component]
pub fn NewCollectionDialog(props: &NewCollectionDialogProps) -> Html {
    let name = use_state(String::new);
    let is_name_missing = use_state(|| false);
    let name_input = use_node_ref();
    let no_members = use_memo((), |()| Rc::<[String]>::from([]));
    let traits = use_trait_input((*no_members).clone());
    let destination = use_state(|| props.destinations[0]);
    let is_busy = props.is_busy || traits.is_reading();
    let onsubmit = {
        let (destination, name, traits) = (*destination, name.clone(), traits.clone());
        let (is_name_missing, on_create) = (is_name_missing.setter(), props.on_create.clone());
        let name_input = name_input.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_busy {
                return;
            }
            if name.trim().is_empty() {
                is_name_missing.set(true);
                focus(&name_input);
            } else {
                on_create.emit(NewCollection {
                    destination,
                    name: name.trim().to_owned(),
                    members: traits.new_traits(),
                });
            }
        })
    };
    let oninput = {
        let (name, is_name_missing) = (name.setter(), is_name_missing.setter());
        Callback::from(move |event: InputEvent| {
            name.set(input_value(&event));
            is_name_missing.set(false);
        })
    };
    let traits_label = html! { <label for="new-traits">{ text::TRAITS_OPTIONAL }</label> };
    html! {
        <Dialog title={text::NEW} on_cancel={props.on_cancel.clone()}>
            <form class="form" novalidate=true {onsubmit}>
                { name_field("new-name", &name, true, *is_name_missing, name_input, oninput) }
                { traits_field("new-traits", traits_label, &traits, Purpose::Making) }
                { destination_field(text::DESTINATION, props.destinations, &destination) }
                if let Some(error) = &props.error {
                    { form_error(error, &props.error_action) }
                }
                { form_buttons(&props.on_cancel, text::CREATE, false, is_busy) }
            </form>
        </Dialog>
    }
}
