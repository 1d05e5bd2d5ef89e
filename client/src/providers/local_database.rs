//! Opens the browser's database, and keeps the collections on the page up to date with it.

use crate::browser::first_visit::remember_return;
use crate::browser::persistence;
use crate::browser::task::Task;
use crate::hooks::local_collections::LocalCollections;
use crate::state::local::{LocalAction, LocalState};
use crate::storage::{DatabaseEvent, LocalDatabase, StorageError, schema};
use futures_channel::mpsc;
use futures_util::StreamExt;
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use yew::prelude::*;

/// Opens the database, and reads it again after each change by another tab. While edits wait to be
/// stored, the browser asks before it closes the page.
#[hook]
pub(super) fn use_local_database() -> LocalCollections {
    let state = use_reducer(LocalState::default);
    let database = {
        let state = state.dispatcher();
        use_memo((), |()| {
            let (sender, events) = mpsc::unbounded();
            let database = LocalDatabase::new(schema::NAME, move |event| {
                if event == DatabaseEvent::Blocked {
                    // The task below cannot report this: it waits for the database.
                    state.dispatch(LocalAction::Failed(StorageError::Blocked));
                } else {
                    // Fails only after the task below has ended.
                    let _ = sender.unbounded_send(event);
                }
            });
            (database, RefCell::new(Some(events)))
        })
    };
    {
        let (state, shared) = (state.dispatcher(), database.clone());
        use_effect_with((), move |()| {
            let task = shared.1.take().map(|events| {
                let database = shared.0.clone();
                Task::spawn(async move { follow(&database, events, &state).await })
            });
            move || drop(task)
        });
    }
    use_effect_with(state.unsaved.is_some(), |unsaved| {
        let listener = unsaved.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            let window = gloo_utils::window();
            EventListener::new_with_options(&window, "beforeunload", options, |event| {
                event.prevent_default();
            })
        });
        move || drop(listener)
    });
    use_effect_with(!state.entries.is_empty(), |has_collections| {
        if *has_collections {
            remember_return();
        }
    });
    LocalCollections::new(&state, database.0.clone())
}

/// Reads the database now and after each change by another tab, until it cannot be opened.
async fn follow(
    database: &LocalDatabase,
    mut events: mpsc::UnboundedReceiver<DatabaseEvent>,
    state: &UseReducerDispatcher<LocalState>,
) {
    let mut opened = database.open().await;
    if opened.is_ok() {
        state.dispatch(LocalAction::Persistence(persistence::is_granted().await));
    }
    loop {
        if let Err(error) = opened {
            state.dispatch(LocalAction::Failed(error));
            return;
        }
        state.dispatch(match database.read().await {
            Ok(contents) => LocalAction::Loaded(contents),
            Err(error) => LocalAction::Failed(error),
        });
        match events.next().await {
            None => return,
            Some(DatabaseEvent::Closed) => opened = database.open().await,
            Some(DatabaseEvent::Outdated) => opened = Err(StorageError::Newer),
            Some(DatabaseEvent::ChangedByOtherTab | DatabaseEvent::Blocked) => {}
        }
    }
}
