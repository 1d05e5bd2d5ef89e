//! Making a collection, in this browser or in the account.

use crate::api::ApiError;
use crate::components::new_collection::{Keep, NewCollection, Wanted};
use crate::components::remedy::use_remedy;
use crate::components::toast::{Toast, use_toaster};
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::{SessionStatus, use_editing, use_session};
use crate::text::collections::{CREATED, CREATED_IN_ACCOUNT, NEW};
use crate::text::editing::{self, WAITS};
use crate::text::errors::{self, Words};
use shared::api::CreateCollection;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`Create`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CreateProps {
    /// Where it can be kept, the usual place first; not empty.
    pub(super) places: &'static [Keep],
}

/// The button and the dialog behind it.
#[component]
pub(super) fn Create(props: &CreateProps) -> Html {
    let (editing, toaster) = (use_editing(), use_toaster());
    let (open, busy) = (use_state(|| false), use_state(|| false));
    let failure = use_state(|| None::<Words>);
    let session = use_session();
    let is_expired = matches!(session.status, SessionStatus::Expired(_));
    {
        let failure = failure.setter();
        use_effect_with(is_expired, move |is_expired| {
            // Signed in again: what was written can be sent off now.
            if !is_expired {
                failure.set(None);
            }
        });
    }
    let remedy = use_remedy();
    // The same collection asked for again is the same attempt, however often its answer is lost.
    let attempt = use_mut_ref(|| None::<(Rc<Wanted>, Uuid)>);
    let onclick = {
        let (open, failure, attempt) = (open.setter(), failure.setter(), attempt.clone());
        Callback::from(move |_: MouseEvent| {
            attempt.replace(None);
            failure.set(None);
            open.set(true);
        })
    };
    let on_cancel = {
        let open = open.setter();
        Callback::from(move |()| open.set(false))
    };
    let on_create = {
        let (open, busy, failure) = (open.setter(), busy.setter(), failure.setter());
        Callback::from(move |wanted: Wanted| {
            let key = match &*attempt.borrow() {
                Some((before, key)) if **before == wanted => *key,
                _ => Uuid::new_v4(),
            };
            let wanted = Rc::new(wanted);
            attempt.replace(Some((wanted.clone(), key)));
            let (editing, toaster) = (editing.clone(), toaster.clone());
            let (open, busy, failure) = (open.clone(), busy.clone(), failure.clone());
            busy.set(true);
            spawn_local(async move {
                let Wanted {
                    keep,
                    name,
                    members,
                } = Wanted::clone(&wanted);
                let (answer, said) = match keep {
                    Keep::InBrowser => match editing.create_here(&name, members).await {
                        Ok(true) => (Ok(()), CREATED),
                        Ok(false) => (Ok(()), WAITS),
                        Err(error) => (Err(error), ""),
                    },
                    Keep::InAccount => {
                        let request = CreateCollection {
                            name: name.clone(),
                            members,
                            note: None,
                        };
                        let trouble = |error: &ApiError| failure.set(Some(errors::api(error)));
                        let answer = editing.create_in_account(&request, key, trouble).await;
                        (answer, CREATED_IN_ACCOUNT)
                    }
                };
                busy.set(false);
                match answer {
                    Ok(()) => {
                        open.set(false);
                        toaster.show(Toast::new(said).about(name));
                    }
                    // The dialog stays, with everything that was written in it.
                    Err(error) => failure.set(Some(editing::failure(&error))),
                }
            });
        })
    };
    html! {
        <>
            <button type="button" class="button" disabled={props.places.is_empty()} {onclick}>{ NEW }</button>
            if *open {
                <NewCollection
                    places={props.places}
                    busy={*busy}
                    failure={(*failure).clone()}
                    {remedy}
                    {on_create}
                    {on_cancel}
                />
            }
        </>
    }
}
