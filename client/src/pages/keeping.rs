//! What people should know of how the browser keeps their collections.

use crate::browser::persistence::is_webkit;
use crate::components::receipt::download::save_json;
use crate::components::{Tone, notice};
use crate::hooks::{Local, LocalStatus};
use crate::storage::Record;
use crate::text::errors::{self, Words};
use crate::text::storage as text;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The file has the shape that `static/recovery.js` gives it when the app does not work, and can be imported.
#[derive(Serialize)]
struct Exported<'a> {
    collections: Vec<&'a Record>,
}

/// Says that changes are not stored, or that none can be; stands on every page.
pub fn alarm(local: &Local) -> Html {
    let save_to_file = {
        let records = local.records.clone();
        Callback::from(move |_: MouseEvent| {
            // What was deleted must not come back by the file.
            let kept = records.values().filter(|record| record.deleted.is_none());
            let collections = kept.collect();
            save_json(text::FILE_NAME, &Exported { collections });
        })
    };
    let save_again = {
        let local = local.clone();
        Callback::from(move |_: MouseEvent| {
            let local = local.clone();
            spawn_local(async move { local.save().await });
        })
    };
    let unsaved = local.unsaved.as_deref();
    let (tone, error) = match (unsaved, &local.status) {
        (Some(error), _) => (Tone::Warning, error),
        (None, LocalStatus::Unavailable(error)) => (Tone::Caution, &**error),
        (None, _) => return Html::default(),
    };
    let Words { title, body } = errors::storage(error);
    let words = match unsaved {
        Some(_) => format!("{} {title}. {body}", text::UNSAVED_BODY),
        None => body,
    };
    let title = unsaved.map_or(title, |_| text::UNSAVED_TITLE);
    let body = html! {
        <>
            <p>{ words }</p>
            if !local.records.is_empty() {
                <div class="actions">
                    if unsaved.is_some() {
                        <button type="button" class="button" onclick={save_again}>{ text::SAVE_AGAIN }</button>
                    }
                    <button type="button" class="button" onclick={save_to_file}>{ text::TO_FILE }</button>
                </div>
            }
        </>
    };
    notice(tone, title, body)
}

/// For how long the browser keeps them; stands below the list.
pub fn promise(local: &Local) -> Html {
    let words = match local.lasts {
        _ if local.entries.is_empty() || local.status != LocalStatus::Ready => None,
        None => None,
        Some(true) => Some(text::LASTS),
        Some(false) if is_webkit() => Some(text::MAY_GO_SOON),
        Some(false) => Some(text::MAY_GO),
    };
    words.map_or_else(
        Html::default,
        |words| html! { <p class="small soft">{ words }</p> },
    )
}
