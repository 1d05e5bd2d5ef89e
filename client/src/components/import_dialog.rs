//! The dialog that imports collections from a file: it shows what the file holds before anything is
//! saved.
//!
//! - [`file_import`]: reading the file and saving the collections

mod file_import;

use crate::components::dom::aria_disabled;
use crate::components::traits_field::{ACCEPTED_FILES, allow_files, files, report};
use crate::components::{
    ChecklistItem, Dialog, collection_checklist, destination_field, form_buttons, form_error,
    use_sign_in_again,
};
use crate::hooks::{TaskRunner, use_account_collections, use_local_collections, use_task_runner};
use crate::state::destination::Destination;
use crate::text::collection::Purpose;
use crate::text::collections::DESTINATION_OF_FILE;
use crate::text::files as text;
use file_import::{FileImport, FileState, use_file_import};
use std::collections::HashSet;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ImportDialogProps {
    /// The possible destinations, the usual one first; not empty.
    pub destinations: &'static [Destination],
    pub on_close: Callback<()>,
}

#[component]
pub fn ImportDialog(props: &ImportDialogProps) -> Html {
    let import = use_file_import(&props.on_close);
    let destination = use_state(|| props.destinations[0]);
    let existing_names = use_existing_names(*destination);
    let sign_in_again = use_sign_in_again();
    let file_input = use_node_ref();
    let runner = use_task_runner();
    let is_saving = import.num_saved.is_some();
    let on_cancel = {
        let (is_cancelled, on_close) = (import.is_cancelled.clone(), props.on_close.clone());
        Callback::from(move |()| {
            if is_saving {
                // The current collection is still saved, the next ones are not.
                is_cancelled.replace(true);
            } else {
                on_close.emit(());
            }
        })
    };
    let onsubmit = {
        let (import, runner, destination) = (import.clone(), runner.clone(), *destination);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_saving {
                runner.start(import.clone().save(destination));
            }
        })
    };
    let ondrop = {
        let (file_input, import, runner) = (file_input.clone(), import.clone(), runner.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if is_saving {
                return;
            }
            let dropped = event.data_transfer().and_then(|data| data.files());
            if let Some(input) = file_input.cast::<HtmlInputElement>() {
                input.set_files(dropped.as_ref());
            }
            read_first(&import, &runner, files(dropped));
        })
    };
    let num_checked = import.items.iter().filter(|item| item.is_checked).count();
    html! {
        <Dialog title={text::IMPORT} on_cancel={on_cancel.clone()}>
            <form class="form" ondragover={allow_files} {ondrop} {onsubmit}>
                { file_field(&import, &runner, file_input) }
                <div class="report" role="status">
                    { file_report(&import.file) }
                    if let Some(num_saved) = *import.num_saved {
                        <p>{ text::import_progress(num_saved) }</p>
                    }
                </div>
                if !import.items.is_empty() {
                    <div
                        class="form"
                        role="group"
                        aria-disabled={aria_disabled(is_saving)}
                        onclick={is_saving.then(|| Callback::from(|event: MouseEvent| event.prevent_default()))}
                    >
                        { item_checklist(&import, &existing_names) }
                        { destination_field(DESTINATION_OF_FILE, props.destinations, &destination) }
                    </div>
                }
                if let Some(error) = &*import.error {
                    { form_error(error, &sign_in_again) }
                }
                { form_buttons(&on_cancel, &text::import_button(num_checked), num_checked == 0, is_saving) }
            </form>
        </Dialog>
    }
}

/// Returns the names of the collections that the destination already has.
#[hook]
fn use_existing_names(destination: Destination) -> HashSet<String> {
    let (local, account) = (use_local_collections(), use_account_collections().data);
    match destination {
        Destination::Account => {
            let collections = account.ready().map(|list| list.collections.iter());
            let collections = collections.into_iter().flatten();
            collections.map(|summary| summary.name.clone()).collect()
        }
        Destination::Browser => {
            let entries = local.entries.iter();
            entries.map(|entry| entry.collection.name.clone()).collect()
        }
    }
}

fn file_field(import: &FileImport, runner: &TaskRunner, file_input: NodeRef) -> Html {
    // The same file can be chosen again; until then the field names the file that was read.
    let onclick = Callback::from(|event: MouseEvent| {
        event
            .target_unchecked_into::<HtmlInputElement>()
            .set_value("");
    });
    let onchange = {
        let (import, runner) = (import.clone(), runner.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            read_first(&import, &runner, files(input.files()));
        })
    };
    html! {
        <label class="field">
            { text::FILE }
            <span class="field__hint">{ text::FILE_HINT }</span>
            <input
                ref={file_input}
                type="file"
                accept={ACCEPTED_FILES}
                disabled={import.num_saved.is_some()}
                {onclick}
                {onchange}
            />
        </label>
    }
}

fn read_first(import: &FileImport, runner: &TaskRunner, files: Vec<File>) {
    if let Some(file) = files.into_iter().next() {
        runner.start(import.clone().read(file));
    }
}

fn file_report(file: &FileState) -> Html {
    match file {
        FileState::Missing => Html::default(),
        FileState::Reading => html! { <p>{ text::READING }</p> },
        FileState::Read(result) => match &**result {
            Ok(Ok(parsed)) => report(&parsed.report, Purpose::Importing),
            Ok(Err(refused)) => html! { <p>{ text::file_error(*refused) }</p> },
            Err(_) => html! { <p>{ text::NOT_READ }</p> },
        },
    }
}

fn item_checklist(import: &FileImport, existing_names: &HashSet<String>) -> Html {
    let items = import.items.iter().map(|item| {
        let name = &item.collection.name;
        let exists = existing_names.contains(name);
        ChecklistItem {
            name,
            num_members: item.collection.members.len() as u64,
            is_checked: item.is_checked,
            note: if exists { text::SAME_NAME } else { "" },
        }
    });
    let on_toggle = {
        let items = import.items.clone();
        Callback::from(move |position: usize| {
            let mut toggled = (*items).clone();
            toggled[position].is_checked ^= true;
            items.set(toggled);
        })
    };
    collection_checklist(items, &on_toggle)
}
