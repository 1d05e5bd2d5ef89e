//! Reading a file, and saving the collections that it holds.

use crate::api::ApiError;
use crate::components::{Toast, Toaster, use_toaster};
use crate::hooks::{CollectionActions, FileReading, read_file, use_collection_actions};
use crate::state::destination::Destination;
use crate::text::errors::{self, NoticeText};
use crate::text::files as text;
use shared::formats::FileCollection;
use std::cell::RefCell;
use std::rc::Rc;
use uuid::Uuid;
use web_sys::File;
use yew::prelude::*;

pub(super) enum FileState {
    Missing,
    Reading,
    Read(Rc<FileReading>),
}

#[derive(Clone)]
pub(super) struct ImportItem {
    pub(super) collection: Rc<FileCollection>,
    pub(super) is_checked: bool,
    /// The idempotency key: the same item submitted again creates no second collection.
    key: Uuid,
}

#[derive(Clone)]
pub(super) struct FileImport {
    pub(super) file: UseStateHandle<FileState>,
    pub(super) items: UseStateHandle<Vec<ImportItem>>,
    /// How many collections are saved already, while the others are being saved.
    pub(super) num_saved: UseStateHandle<Option<usize>>,
    pub(super) error: UseStateHandle<Option<NoticeText>>,
    /// Whether the user wants no further items to be saved.
    pub(super) is_cancelled: Rc<RefCell<bool>>,
    actions: CollectionActions,
    toaster: Toaster,
    on_close: Callback<()>,
}

#[hook]
pub(super) fn use_file_import(on_close: &Callback<()>) -> FileImport {
    FileImport {
        file: use_state(|| FileState::Missing),
        items: use_state(Vec::new),
        num_saved: use_state(|| None),
        error: use_state(|| None),
        is_cancelled: use_mut_ref(|| false),
        actions: use_collection_actions(),
        toaster: use_toaster(),
        on_close: on_close.clone(),
    }
}

impl FileImport {
    pub(super) async fn read(self, file: File) {
        self.error.set(None);
        self.items.set(Vec::new());
        self.file.set(FileState::Reading);
        let result = read_file(&file).await;
        if let Ok(Ok(parsed)) = &result {
            self.items
                .set(import_items(&parsed.collections, &file.name()));
        }
        self.file.set(FileState::Read(Rc::new(result)));
    }

    /// Saves the checked items one after the other, and closes the dialog when all are saved.
    pub(super) async fn save(self, destination: Destination) {
        self.is_cancelled.replace(false);
        self.error.set(None);
        self.num_saved.set(Some(0));
        let mut items = (*self.items).clone();
        let (mut num_saved, mut all_stored) = (0, true);
        let summary = |num_saved, all_stored| match num_saved {
            0 => String::new(),
            _ => text::imported_message(num_saved, destination == Destination::Account, all_stored),
        };
        for position in 0..items.len() {
            if !items[position].is_checked || *self.is_cancelled.borrow() {
                continue;
            }
            let item = items[position].clone();
            let on_retry = |error: &ApiError| self.error.set(Some(errors::api_error(error)));
            let create = self
                .actions
                .create(destination, &item.collection, item.key, &on_retry);
            match create.await {
                Ok((_, outcome)) => all_stored &= outcome.is_stored(),
                Err(error) => {
                    let summary = summary(num_saved, all_stored);
                    self.error.set(Some(text::import_failure(&summary, &error)));
                    self.num_saved.set(None);
                    return;
                }
            }
            self.error.set(None);
            num_saved += 1;
            items[position].is_checked = false;
            self.items.set(items.clone());
            self.num_saved.set(Some(num_saved));
        }
        self.num_saved.set(None);
        let mut message = summary(num_saved, all_stored);
        match items.iter().filter(|item| item.is_checked).count() {
            0 => {}
            num_left => message.push_str(&text::import_stopped(num_left)),
        }
        self.toaster.show(Toast::new(message));
        self.on_close.emit(());
    }
}

/// Returns all collections of a file as checked items. A collection without a name gets the name of
/// the file.
fn import_items(collections: &[FileCollection], file_name: &str) -> Vec<ImportItem> {
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    let item = |collection: &FileCollection| {
        let mut collection = collection.clone();
        if collection.name.trim().is_empty() {
            stem.clone_into(&mut collection.name);
        }
        ImportItem {
            collection: Rc::new(collection),
            is_checked: true,
            key: Uuid::new_v4(),
        }
    };
    collections.iter().map(item).collect()
}
