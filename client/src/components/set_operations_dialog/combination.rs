//! Fetching and comparing collections, and saving a combination of them.

use crate::api::ApiError;
use crate::browser::task::Task;
use crate::components::{Toast, Toaster, use_toaster};
use crate::hooks::{
    CollectionActions, CollectionReader, ReadError, use_collection_actions, use_collection_reader,
};
use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::collections::{CREATED, CREATED_IN_ACCOUNT};
use crate::text::table::not_added;
use crate::text::{editing, errors, files};
use shared::edit::check::is_showable;
use shared::formats::FileCollection;
use shared::setops::{Operation, Region};
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

/// The members of each collection.
pub(super) type Sets = Rc<Vec<Vec<String>>>;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) sets: Sets,
    pub(super) regions: Vec<Region>,
}

/// Compares the collections of the rows whenever they change. Returns `None` while they are
/// fetched, and for fewer than two.
#[hook]
pub(super) fn use_comparison(
    rows: Rc<Rc<[CollectionRow]>>,
) -> UseStateHandle<Option<Result<Comparison, ReadError>>> {
    let comparison = use_state(|| None);
    {
        let (reader, comparison) = (use_collection_reader(), comparison.setter());
        use_effect_with(rows, move |rows| {
            let rows = rows.clone();
            let task = Task::spawn(async move {
                comparison.set(None);
                if rows.len() > 1 {
                    comparison.set(Some(compare(&reader, &rows).await));
                }
            });
            move || drop(task)
        });
    }
    comparison
}

async fn compare(
    reader: &CollectionReader,
    rows: &[CollectionRow],
) -> Result<Comparison, ReadError> {
    let collections = reader.read(rows).await?.into_iter();
    let sets: Sets = Rc::new(collections.map(|collection| collection.members).collect());
    let regions = reader.regions(Vec::clone(&sets)).await?;
    Ok(Comparison { sets, regions })
}

#[derive(Clone)]
pub(super) struct SaveCombination {
    pub(super) is_busy: UseStateHandle<bool>,
    /// Why the last attempt failed, or an empty text.
    pub(super) error: UseStateHandle<String>,
    reader: CollectionReader,
    actions: CollectionActions,
    toaster: Toaster,
    on_close: Callback<()>,
}

#[hook]
pub(super) fn use_save_combination(on_close: &Callback<()>) -> SaveCombination {
    SaveCombination {
        is_busy: use_state(|| false),
        error: use_state(String::new),
        reader: use_collection_reader(),
        actions: use_collection_actions(),
        toaster: use_toaster(),
        on_close: on_close.clone(),
    }
}

impl SaveCombination {
    /// Creates `collection` with the members that the operation gives, and closes the dialog.
    pub(super) async fn run(
        self,
        operation: Operation,
        sets: Sets,
        mut collection: FileCollection,
        destination: Destination,
        key: Uuid,
    ) {
        let on_retry = |error: &ApiError| self.error.set(errors::api_error(error).one_line());
        let mut excluded = 0;
        let result = match self.reader.combine(operation, Vec::clone(&sets)).await {
            Ok(mut members) => {
                let number = members.len();
                members.retain(|member| is_showable(member));
                excluded = (number - members.len()) as u64;
                if members.is_empty() && excluded > 0 {
                    Err(not_added(excluded))
                } else {
                    collection.members = members;
                    let create = self
                        .actions
                        .create(destination, &collection, key, &on_retry);
                    create
                        .await
                        .map_err(|error| editing::edit_error(&error).one_line())
                }
            }
            Err(error) => Err(files::contents_error(&error)),
        };
        match result {
            Ok((_, outcome)) => {
                let message = match destination {
                    _ if !outcome.is_stored() => editing::NOT_STORED_YET,
                    Destination::Browser => CREATED,
                    Destination::Account => CREATED_IN_ACCOUNT,
                };
                let mut message = message.to_owned();
                if excluded > 0 {
                    message.extend([" ", &not_added(excluded)]);
                }
                self.toaster
                    .show(Toast::new(message).with_name(collection.name));
                self.on_close.emit(());
            }
            Err(error) => {
                self.is_busy.set(false);
                self.error.set(error);
            }
        }
    }
}
