//! Collections from a file: what is in it first, then which of them are kept, and where.

use crate::api::ApiError;
use crate::browser::task::Task;
use crate::components::Dialog;
use crate::components::new_collection::{Keep, places};
use crate::components::page::idle;
use crate::components::picker::picker;
use crate::components::remedy::use_remedy;
use crate::components::toast::{Toast, use_toaster};
use crate::components::traits_field::{FILES, allow_files, report, sources};
use crate::hooks::light::use_state;
use crate::hooks::{Found, read_file, use_account_collections, use_editing, use_local};
use crate::state::gathering::Source;
use crate::text::collection::Purpose;
use crate::text::collections::KEEP_THEM;
use crate::text::errors::{self, Words};
use crate::text::files as text;
use crate::text::general::CANCEL;
use shared::formats::FileCollection;
use std::cell::Cell;
use std::rc::Rc;
use uuid::Uuid;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`ImportDialog`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ImportDialogProps {
    /// Where collections can be kept, the usual place first; not empty.
    pub places: &'static [Keep],
    /// The user is done.
    pub on_close: Callback<()>,
}

/// A collection of the file, and whether it is wanted. The key names the attempt to keep it, so that asking again after a
/// cut connection makes no second one.
#[derive(Clone)]
struct Item {
    collection: Rc<FileCollection>,
    key: Uuid,
    wanted: bool,
}

/// Asks for the file, then which of its collections are wanted.
#[component]
pub fn ImportDialog(props: &ImportDialogProps) -> Html {
    let (editing, toaster, remedy) = (use_editing(), use_toaster(), use_remedy());
    let (local, account) = (use_local(), use_account_collections().data);
    let found = use_state(|| None::<Rc<Found>>);
    let items = use_state(Vec::<Item>::new);
    let keep = use_state(|| props.places[0]);
    let failure = use_state(|| None::<Words>);
    // How many have been kept while the others are.
    let progress = use_state(|| None::<usize>);
    let reading = use_state(|| false);
    let running = use_mut_ref(|| None::<Task>);
    let stop = use_mut_ref(|| Rc::new(Cell::new(false)));

    let bring = {
        let (found, items, failure) = (found.setter(), items.setter(), failure.setter());
        let (reading, running) = (reading.setter(), running.clone());
        Callback::from(move |file: File| {
            let (found, items, reading) = (found.clone(), items.clone(), reading.clone());
            failure.set(None);
            found.set(None);
            items.set(Vec::new());
            reading.set(true);
            running.replace(Some(Task::spawn(async move {
                let read = read_file(&file).await;
                if let Ok(Ok(reading)) = &read {
                    items.set(wanted(&reading.collections, &file.name()));
                }
                reading.set(false);
                found.set(Some(Rc::new(read)));
            })));
        })
    };
    let on_cancel = {
        let (stop, on_close) = (stop.clone(), props.on_close.clone());
        let saving = progress.is_some();
        Callback::from(move |()| {
            if saving {
                // What is being stored is stored; the rest is not begun.
                stop.borrow().set(true);
            } else {
                on_close.emit(());
            }
        })
    };
    let onsubmit = {
        let (items, keep, is_saving) = (items.clone(), *keep, progress.is_some());
        let (failure, progress) = (failure.setter(), progress.setter());
        let on_close = props.on_close.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_saving {
                return;
            }
            let (editing, toaster) = (editing.clone(), toaster.clone());
            let (failure, progress) = (failure.clone(), progress.clone());
            let on_close = on_close.clone();
            let (mut left, setter) = ((*items).clone(), items.setter());
            let stopped = Rc::new(Cell::new(false));
            stop.replace(stopped.clone());
            failure.set(None);
            progress.set(Some(0));
            let save = async move {
                let (mut kept, mut all_stored) = (0, true);
                let said = |kept, all_stored| match kept {
                    0 => String::new(),
                    kept => text::imported(kept, keep == Keep::InAccount, all_stored),
                };
                for number in 0..left.len() {
                    if !left[number].wanted || stopped.get() {
                        continue;
                    }
                    let Item {
                        collection, key, ..
                    } = left[number].clone();
                    let trouble = |error: &ApiError| failure.set(Some(errors::api(error)));
                    match editing.create(keep, &collection, key, &trouble).await {
                        Ok(stored) => all_stored &= stored,
                        Err(error) => {
                            let said = said(kept, all_stored);
                            failure.set(Some(text::import_ended(&said, &error)));
                            progress.set(None);
                            return;
                        }
                    }
                    failure.set(None);
                    kept += 1;
                    left[number].wanted = false;
                    setter.set(left.clone());
                    progress.set(Some(kept));
                }
                progress.set(None);
                let mut said = said(kept, all_stored);
                match left.iter().filter(|item| item.wanted).count() {
                    0 => {}
                    left => said.push_str(&text::import_stopped(left)),
                }
                toaster.show(Toast::new(said));
                on_close.emit(());
            };
            running.replace(Some(Task::spawn(save)));
        })
    };
    let onchange = {
        let bring = bring.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            first(sources(input.files()), &bring);
        })
    };
    // The same file can then be chosen again; until then the field names the one that was read.
    let onclick = Callback::from(|event: MouseEvent| {
        event
            .target_unchecked_into::<HtmlInputElement>()
            .set_value("");
    });
    let field = use_node_ref();
    let ondrop = {
        let field = field.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_files(files.as_ref());
            }
            first(sources(files), &bring);
        })
    };
    let on_toggle = {
        let items = items.clone();
        Callback::from(move |number: usize| {
            let mut next = (*items).clone();
            next[number].wanted ^= true;
            items.set(next);
        })
    };
    // What is being kept was chosen before: a box or button is then left as it is.
    let held = progress
        .is_some()
        .then(|| Callback::from(|event: MouseEvent| event.prevent_default()));
    let in_account = account.ready().map(|list| &list.collections);
    let is_taken = |name: &str| match *keep {
        Keep::InAccount => {
            in_account.is_some_and(|list| list.iter().any(|collection| collection.name == name))
        }
        Keep::InBrowser => {
            let mut entries = local.entries.iter();
            entries.any(|entry| entry.collection.name == name)
        }
    };
    let picks = items.iter().map(|item| {
        let FileCollection { name, members, .. } = &*item.collection;
        let note = if is_taken(name) { text::SAME_NAME } else { "" };
        (name.as_str(), members.len() as u64, item.wanted, note)
    });
    let count = items.iter().filter(|item| item.wanted).count();
    html! {
        <Dialog title={text::IMPORT} on_cancel={on_cancel.clone()}>
            <form class="form" ondragover={allow_files} {ondrop} {onsubmit}>
                <label class="field">
                    { text::FILE }
                    <span class="field__hint">{ text::FILE_HINT }</span>
                    <input
                        ref={field}
                        type="file"
                        accept={FILES}
                        disabled={progress.is_some()}
                        {onclick}
                        {onchange}
                    />
                </label>
                <div class="report" role="status">
                    if *reading {
                        <p>{ text::READING }</p>
                    }
                    { match found.as_deref() {
                        Some(Ok(Ok(reading))) => report(&reading.report, Purpose::Importing),
                        Some(Ok(Err(refused))) => html! { <p>{ text::refused(*refused) }</p> },
                        Some(Err(_)) => html! { <p>{ text::FAILED }</p> },
                        None => Html::default(),
                    } }
                    if let Some(kept) = *progress {
                        <p>{ text::progress(kept) }</p>
                    }
                </div>
                if !items.is_empty() {
                    <div class="form" role="group" aria-disabled={idle(progress.is_some())} onclick={held}>
                        { picker(picks, &on_toggle) }
                        if props.places.len() > 1 {
                            { places(KEEP_THEM, props.places, &keep) }
                        }
                    </div>
                }
                if let Some(failure) = &*failure {
                    <p class="field__error" role="alert">
                        <strong>{ failure.title }{ ". " }</strong>
                        { &failure.body }
                    </p>
                    { remedy }
                }
                <div class="dialog__actions">
                    <button type="button" class="button" onclick={on_cancel.reform(|_| ())}>
                        { CANCEL }
                    </button>
                    <button
                        type="submit"
                        class="button button--primary"
                        disabled={count == 0}
                        aria-disabled={idle(progress.is_some())}
                    >
                        { text::import_button(count) }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

fn first(sources: Vec<Source>, bring: &Callback<File>) {
    if let Some(Source::File(file)) = sources.into_iter().next() {
        bring.emit(file);
    }
}

/// All of them; those without a name take that of the file.
fn wanted(collections: &[FileCollection], file: &str) -> Vec<Item> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let item = |collection: &FileCollection| {
        let mut collection = collection.clone();
        if collection.name.trim().is_empty() {
            stem.clone_into(&mut collection.name);
        }
        Item {
            collection: Rc::new(collection),
            key: Uuid::new_v4(),
            wanted: true,
        }
    };
    collections.iter().map(item).collect()
}
