//! Making a collection in this browser.

use crate::components::new_collection::NewCollection;
use crate::components::toast::{Toast, use_toaster};
use crate::hooks::use_local;
use crate::text::collections::{CREATED, NEW};
use crate::text::errors::{self, Words};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`Create`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CreateProps {
    /// Whether the user might expect the collection in their account.
    pub(super) signed_in: bool,
}

/// The button and the dialog behind it.
#[component]
pub(super) fn Create(props: &CreateProps) -> Html {
    let (local, toaster) = (use_local(), use_toaster());
    let open = use_state(|| false);
    let failure = use_state(|| None::<Words>);
    let onclick = {
        let (open, failure) = (open.setter(), failure.setter());
        Callback::from(move |_: MouseEvent| {
            failure.set(None);
            open.set(true);
        })
    };
    let on_cancel = {
        let open = open.setter();
        Callback::from(move |()| open.set(false))
    };
    let on_create = {
        let (open, failure) = (open.setter(), failure.setter());
        Callback::from(move |(name, members): (String, Vec<String>)| {
            let (local, toaster) = (local.clone(), toaster.clone());
            let (open, failure) = (open.clone(), failure.clone());
            spawn_local(async move {
                match local.create(&name, members).await {
                    Ok(_) => {
                        open.set(false);
                        toaster.show(Toast::new(CREATED).about(name));
                    }
                    // The dialog stays, with everything that was written in it.
                    Err(error) => failure.set(Some(errors::storage(&error))),
                }
            });
        })
    };
    html! {
        <>
            <button type="button" class="button" {onclick}>{ NEW }</button>
            if *open {
                <NewCollection
                    signed_in={props.signed_in}
                    failure={(*failure).clone()}
                    {on_create}
                    {on_cancel}
                />
            }
        </>
    }
}
