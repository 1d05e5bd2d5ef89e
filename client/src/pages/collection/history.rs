//! The last changes of a collection, each with a button that restores the version before it.

use super::displayed_collection::DisplayedCollection;
use crate::components::text_with_name;
use crate::hooks::{CollectionEdit, CollectionHandle, EditError, use_toggle};
use crate::text::editing::edit_error;
use crate::text::errors::NoticeText;
use crate::text::general::LOADING;
use crate::text::history as text;
use shared::api::PastChange;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HistoryProps {
    /// When it changes, the history is fetched again.
    pub(super) collection: DisplayedCollection,
    pub(super) handle: CollectionHandle,
    pub(super) on_edit: Callback<CollectionEdit>,
}

type FetchedChanges = Option<Result<Rc<[PastChange]>, EditError>>;

/// Closed at first; the changes are fetched when the user opens it.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let (is_open, onclick) = use_toggle(false);
    let fetched = use_state(|| None as FetchedChanges);
    {
        let (handle, fetched) = (props.handle.clone(), fetched.setter());
        use_effect_with((*is_open, props.collection.clone()), move |(is_open, _)| {
            if *is_open {
                spawn_local(async move {
                    let changes = handle.history().await;
                    fetched.set(Some(changes.map(Rc::from)));
                });
            }
        });
    }
    html! {
        <details class="disclosure" open={*is_open}>
            <summary {onclick}>{ text::HISTORY }</summary>
            if *is_open {
                { content(&fetched, &props.on_edit) }
            }
        </details>
    }
}

fn content(fetched: &FetchedChanges, on_edit: &Callback<CollectionEdit>) -> Html {
    match fetched {
        None => html! { <p class="loading" role="status">{ LOADING }</p> },
        Some(Err(error)) => {
            let NoticeText { title, body } = edit_error(error);
            html! { <p class="soft" role="status">{ title }{ ". " }{ body }</p> }
        }
        Some(Ok(changes)) if changes.is_empty() => {
            html! { <p class="small soft">{ text::EMPTY }</p> }
        }
        Some(Ok(changes)) => html! {
            <>
                <p class="small soft">{ text::LEAD }</p>
                <ul class="items" aria-label={text::HISTORY}>
                    for change in changes.iter() {
                        { change_item(change, on_edit) }
                    }
                </ul>
            </>
        },
    }
}

fn change_item(change: &PastChange, on_edit: &Callback<CollectionEdit>) -> Html {
    let number = change.number;
    let onclick = on_edit.reform(move |_: MouseEvent| CollectionEdit::GoBack(number));
    html! {
        <li class="item" key={number}>
            <div class="item__text">
                <span class="item__name">
                    { text_with_name(&text::change_summary(change), Some(&change.name)) }
                </span>
                <span class="small soft">{ text::change_details(change) }</span>
            </div>
            <div class="item__choice">
                <button type="button" class="button" aria-label={text::restore_label(change)} {onclick}>
                    { text::RESTORE_VERSION }
                </button>
            </div>
        </li>
    }
}
