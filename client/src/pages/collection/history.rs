//! The last changes of a collection, and the way back.

use super::editor::Shown;
use crate::components::sentence;
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::{Edit, EditError, Open};
use crate::text::editing::failure;
use crate::text::errors::Words;
use crate::text::general::LOADING;
use crate::text::history as text;
use shared::api::PastChange;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`History`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HistoryProps {
    /// What is shown of the collection: when that changes, so has the history.
    pub(super) shown: Shown,
    /// The collection.
    pub(super) open: Open,
    /// The user wants to go back.
    pub(super) act: Callback<Edit>,
}

type Fetched = Option<Result<Rc<[PastChange]>, EditError>>;

/// The changes, closed at first: they are only asked for when somebody looks.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let looking = use_state(|| false);
    let fetched = use_state(|| None as Fetched);
    {
        let (open, setter) = (props.open.clone(), fetched.setter());
        let of = (*looking, props.shown.clone());
        use_effect_with(of, move |(looking, _)| {
            if *looking {
                // What comes for a page that is gone by then is passed over.
                spawn_local(async move {
                    let changes = open.history().await;
                    setter.set(Some(changes.map(Rc::from)));
                });
            }
        });
    }
    let onclick = {
        let (looking, now) = (looking.setter(), *looking);
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            looking.set(!now);
        })
    };
    html! {
        <details class="bin" open={*looking}>
            <summary {onclick}>{ text::HISTORY }</summary>
            if *looking {
                { content(&fetched, &props.act) }
            }
        </details>
    }
}

fn content(fetched: &Fetched, act: &Callback<Edit>) -> Html {
    let changes = match fetched {
        None => return html! { <p class="loading" role="status">{ LOADING }</p> },
        Some(Err(error)) => {
            let Words { title, body } = failure(error);
            return html! { <p class="soft" role="status">{ title }{ ". " }{ body }</p> };
        }
        Some(Ok(changes)) => changes,
    };
    let row = |change: &PastChange| {
        let onclick = {
            let number = change.number;
            act.reform(move |_: MouseEvent| Edit::GoBack(number))
        };
        html! {
            <li class="item" key={change.number}>
                <div class="item__text">
                    <span class="item__name">
                        { sentence(&text::what(change), Some(&change.name)) }
                    </span>
                    <span class="small soft">{ text::when(change) }</span>
                </div>
                <div class="item__choice">
                    <button
                        type="button"
                        class="button"
                        aria-label={text::go_back_label(change)}
                        {onclick}
                    >
                        { text::GO_BACK }
                    </button>
                </div>
            </li>
        }
    };
    html! {
        <>
            <p class="small soft">
                { if changes.is_empty() { text::EMPTY } else { text::LEAD } }
            </p>
            if !changes.is_empty() {
                <ul class="items" aria-label={text::HISTORY}>{ for changes.iter().map(row) }</ul>
            }
        </>
    }
}
