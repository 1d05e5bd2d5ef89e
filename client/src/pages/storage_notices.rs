//! Notices about the storage in the browser: unsaved changes, and how long collections are stored.

use crate::browser::download::save_json_file;
use crate::browser::persistence::is_webkit;
use crate::components::{Severity, notice};
use crate::hooks::{LocalCollections, LocalStatus};
use crate::storage::CollectionRecord;
use crate::text::errors::{self, NoticeText};
use crate::text::storage as text;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The file has the same shape as the file of `static/recovery.js`, and can be imported.
#[derive(Serialize)]
struct ExportFile<'a> {
    collections: Vec<&'a CollectionRecord>,
}

/// Shown on every page when changes are not stored, or cannot be.
pub fn unsaved_changes_notice(local: &LocalCollections) -> Html {
    let unsaved = local.unsaved.as_deref();
    let (severity, error) = match (unsaved, &local.status) {
        (Some(error), _) => (Severity::Warning, error),
        (None, LocalStatus::Unavailable(error)) => (Severity::Caution, &**error),
        (None, _) => return Html::default(),
    };
    let NoticeText { title, body } = errors::storage_error(error);
    let (title, body) = match unsaved {
        Some(_) => (
            text::UNSAVED_TITLE,
            format!("{} {title}. {body}", text::UNSAVED_BODY),
        ),
        None => (title, body),
    };
    let save_to_file = {
        let records = local.records.clone();
        Callback::from(move |_: MouseEvent| {
            let collections = records
                .values()
                .filter(|record| record.deleted.is_none())
                .collect();
            save_json_file(text::FILE_NAME, &ExportFile { collections });
        })
    };
    let save_again = {
        let local = local.clone();
        Callback::from(move |_: MouseEvent| {
            let local = local.clone();
            spawn_local(async move { local.store_pending().await });
        })
    };
    let body = html! {
        <>
            <p>{ body }</p>
            if !local.records.is_empty() {
                <div class="actions">
                    if unsaved.is_some() {
                        <button type="button" class="button" onclick={save_again}>{ text::SAVE_AGAIN }</button>
                    }
                    <button type="button" class="button" onclick={save_to_file}>{ text::SAVE_TO_FILE }</button>
                </div>
            }
        </>
    };
    notice(severity, title, body)
}

/// Says below the list how long the browser stores the collections.
pub fn persistence_note(local: &LocalCollections) -> Html {
    if local.entries.is_empty() || local.status != LocalStatus::Ready {
        return Html::default();
    }
    let sentence = match local.is_persistent {
        None => return Html::default(),
        Some(true) => text::PERSISTENCE_GRANTED,
        Some(false) if is_webkit() => text::PERSISTENCE_SAFARI,
        Some(false) => text::PERSISTENCE_DENIED,
    };
    html! { <p class="small soft">{ sentence }</p> }
}
