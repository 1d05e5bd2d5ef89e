//! The button that opens the dialog for a new collection, and the creation of that collection.

use crate::api::ApiError;
use crate::components::new_collection_dialog::{NewCollection, NewCollectionDialog};
use crate::components::{Toast, use_sign_in_again, use_toaster};
use crate::hooks::{
    CollectionActions, EditError, SessionStatus, use_collection_actions, use_session,
};
use crate::state::destination::Destination;
use crate::text::collections::{CREATED, CREATED_IN_ACCOUNT, NEW};
use crate::text::editing::{self, NOT_STORED_YET};
use crate::text::errors::{self, NoticeText};
use shared::formats::FileCollection;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CreateCollectionButtonProps {
    /// Where the collection can be stored, the default first.
    pub(super) destinations: &'static [Destination],
}

#[component]
pub(super) fn CreateCollectionButton(props: &CreateCollectionButtonProps) -> Html {
    let (actions, toaster) = (use_collection_actions(), use_toaster());
    let (is_open, is_busy) = (use_state(|| false), use_state(|| false));
    let error = use_state(|| None::<NoticeText>);
    let session = use_session();
    let is_expired = matches!(session.status, SessionStatus::Expired(_));
    {
        let error = error.setter();
        use_effect_with(is_expired, move |is_expired| {
            // After the user has signed in again, the form can be submitted.
            if !is_expired {
                error.set(None);
            }
        });
    }
    let sign_in_again = use_sign_in_again();
    // Submitting the same content again is a repeated attempt, with the same idempotency key.
    let last_attempt = use_mut_ref(|| None::<(NewCollection, Uuid)>);
    let onclick = {
        let (is_open, error, last_attempt) =
            (is_open.setter(), error.setter(), last_attempt.clone());
        Callback::from(move |_: MouseEvent| {
            last_attempt.replace(None);
            error.set(None);
            is_open.set(true);
        })
    };
    let on_cancel = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    let on_create = {
        let (is_open, is_busy, error) = (is_open.setter(), is_busy.setter(), error.setter());
        Callback::from(move |new: NewCollection| {
            let key = match &*last_attempt.borrow() {
                Some((last, key)) if *last == new => *key,
                _ => Uuid::new_v4(),
            };
            last_attempt.replace(Some((new.clone(), key)));
            let (actions, toaster) = (actions.clone(), toaster.clone());
            let (is_open, is_busy, error) = (is_open.clone(), is_busy.clone(), error.clone());
            is_busy.set(true);
            spawn_local(async move {
                let result = create(&actions, new, key, &error).await;
                is_busy.set(false);
                match result {
                    Ok(toast) => {
                        is_open.set(false);
                        toaster.show(toast);
                    }
                    Err(failure) => error.set(Some(editing::edit_error(&failure))),
                }
            });
        })
    };
    html! {
        <>
            <button type="button" class="button" disabled={props.destinations.is_empty()} {onclick}>{ NEW }</button>
            if *is_open {
                <NewCollectionDialog
                    destinations={props.destinations}
                    is_busy={*is_busy}
                    error={(*error).clone()}
                    error_action={sign_in_again}
                    {on_create}
                    {on_cancel}
                />
            }
        </>
    }
}

/// Creates the collection and returns the toast about it. Sets `error` while requests are repeated.
async fn create(
    actions: &CollectionActions,
    new: NewCollection,
    key: Uuid,
    error: &UseStateSetter<Option<NoticeText>>,
) -> Result<Toast, EditError> {
    let collection = FileCollection {
        name: new.name,
        members: new.members,
        ..FileCollection::default()
    };
    let on_retry = |cause: &ApiError| error.set(Some(errors::api_error(cause)));
    let (_, outcome) = actions
        .create(new.destination, &collection, key, &on_retry)
        .await?;
    let message = match new.destination {
        _ if !outcome.is_stored() => NOT_STORED_YET,
        Destination::Browser => CREATED,
        Destination::Account => CREATED_IN_ACCOUNT,
    };
    Ok(Toast::new(message).with_name(collection.name))
}
