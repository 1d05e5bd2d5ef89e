//! The component that holds what the page knows, and gives it to every component inside.

use super::count::Count;
use super::local::{LocalAction, LocalState};
use super::remote::Remote;
use super::session::{CallbackOutcome, Session, SessionStatus};
use crate::api::{AuthorisedApi, PublicApi};
use crate::auth::Machine;
use crate::auth::flow::{Event, State};
use crate::browser::address::leave_for;
use crate::browser::persistence;
use crate::browser::task::Task;
use crate::hooks::Local;
use crate::hooks::fetched::use_fetched;
use crate::hooks::light::{use_effect_with, use_state};
use crate::storage::{News, StorageError, Store, schema};
use futures_channel::mpsc;
use futures_util::StreamExt;
use gloo_events::{EventListener, EventListenerOptions};
use shared::api::ClientConfig;
use std::cell::RefCell;
use yew::prelude::*;

/// The public configuration.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConfigContext(pub(crate) Remote<ClientConfig>);

/// Counts the changes to the account that this page made, so that what was fetched before is fetched again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Revision {
    pub(crate) number: u32,
    pub(crate) raise: Callback<()>,
}

/// See [`Revision`].
#[hook]
pub(crate) fn use_revision() -> Revision {
    use_context().expect("Revision comes from Providers")
}

/// Properties of [`Providers`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProvidersProps {
    /// What may use the hooks.
    pub children: Html,
}

/// Everything inside may use the hooks of [`crate::hooks`].
#[component]
pub fn Providers(props: &ProvidersProps) -> Html {
    let config = use_fetched(Some(()), 0, async |(): &()| PublicApi.config().await).data;
    let session = use_machine(&config);
    let local = use_store();
    let revision = use_counter();
    {
        let raise = revision.raise.clone();
        let is_expired = matches!(session.status, SessionStatus::Expired(_));
        use_effect_with(is_expired, move |is_expired| {
            // What could not be fetched meanwhile is fetched after signing in again.
            if !is_expired {
                raise.emit(());
            }
        });
    }
    html! {
        <ContextProvider<ConfigContext> context={ConfigContext(config)}>
            <ContextProvider<Session> context={session}>
                <ContextProvider<Local> context={local}>
                    <ContextProvider<Revision> context={revision}>
                        { props.children.clone() }
                    </ContextProvider<Revision>>
                </ContextProvider<Local>>
            </ContextProvider<Session>>
        </ContextProvider<ConfigContext>>
    }
}

/// Runs the sign-in as soon as the configuration is there; a click before that waits for it.
#[hook]
fn use_machine(config: &Remote<ClientConfig>) -> Session {
    let state = use_state(State::default);
    let machine = use_state(|| None::<Machine>);
    let waiting = use_state(|| None::<String>);
    {
        let (machine, changed) = (machine.setter(), state.setter());
        let oauth = config.ready().map(|config| config.oauth.clone());
        use_effect_with(oauth, move |oauth| {
            let changed = Callback::from(move |state| changed.set(state));
            let navigate = Callback::from(|url: String| leave_for(&url));
            let start = |oauth| Machine::start(oauth, navigate, changed);
            machine.set(oauth.clone().map(start));
        });
    }
    {
        let deps = ((*machine).clone(), (*waiting).clone());
        let waiting = waiting.setter();
        use_effect_with(deps, move |(machine, path)| {
            if let (Some(machine), Some(path)) = (machine, path) {
                waiting.set(None);
                machine.sign_in(path);
            }
        });
    }
    let sign_in = {
        let waiting = waiting.setter();
        use_callback((), move |path, ()| waiting.set(Some(path)))
    };
    let does = |what: fn(&Machine)| {
        let machine = (*machine).clone();
        Callback::from(move |()| {
            if let Some(machine) = &machine {
                what(machine);
            }
        })
    };
    let callbacks = use_memo((*machine).clone(), |_| {
        let confirm = does(|machine| machine.dispatch(Event::Confirmed));
        (does(Machine::sign_out), confirm)
    });
    let mut status = SessionStatus::from(&*state);
    let api = state.credentials().cloned().map(AuthorisedApi::new);
    if waiting.is_some() && status == SessionStatus::SignedOut {
        status = SessionStatus::SigningIn;
    }
    let callback = match (config, &*machine) {
        (Remote::Failed(error), _) => CallbackOutcome::Waiting(error.clone()),
        (_, None) => CallbackOutcome::Working,
        (_, Some(_)) => CallbackOutcome::from(&*state),
    };
    Session {
        status,
        api,
        sign_in,
        sign_out: callbacks.0.clone(),
        confirm: callbacks.1.clone(),
        callback,
    }
}

/// Opens the browser's database, and reads it again when another tab has changed it. While changes wait to be stored
/// the browser asks before it closes the page.
#[hook]
fn use_store() -> Local {
    let state = use_reducer(LocalState::default);
    let store = {
        let state = state.dispatcher();
        use_memo((), |()| {
            let (tell, news) = mpsc::unbounded();
            let store = Store::new(schema::NAME, move |what| {
                if what == News::Blocked {
                    // Whoever reads the others is waiting for the database just now.
                    state.dispatch(LocalAction::Failed(StorageError::Blocked));
                } else {
                    // Fails only when nobody reads any more.
                    let _ = tell.unbounded_send(what);
                }
            });
            (store, RefCell::new(Some(news)))
        })
    };
    {
        let (state, kept) = (state.dispatcher(), store.clone());
        use_effect_with((), move |()| {
            let task = kept.1.take().map(|news| {
                let store = kept.0.clone();
                Task::spawn(async move { follow(&store, news, &state).await })
            });
            move || drop(task)
        });
    }
    use_effect_with(state.unsaved.is_some(), |unsaved| {
        let asking = unsaved.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            let window = gloo_utils::window();
            EventListener::new_with_options(&window, "beforeunload", options, |event| {
                event.prevent_default();
            })
        });
        move || drop(asking)
    });
    Local::new(&state, store.0.clone())
}

/// Reads the database now and after each change by another tab, for as long as it is to be had.
async fn follow(
    store: &Store,
    mut news: mpsc::UnboundedReceiver<News>,
    state: &UseReducerDispatcher<LocalState>,
) {
    let mut opened = store.open().await;
    if opened.is_ok() {
        state.dispatch(LocalAction::Lasts(persistence::granted().await));
    }
    loop {
        if let Err(error) = opened {
            state.dispatch(LocalAction::Failed(error));
            return;
        }
        state.dispatch(match store.read().await {
            Ok(contents) => LocalAction::Loaded(contents),
            Err(error) => LocalAction::Failed(error),
        });
        match news.next().await {
            None => return,
            Some(News::Closed) => opened = store.open().await,
            Some(News::Outdated) => opened = Err(StorageError::Newer),
            Some(News::Changed | News::Blocked) => {}
        }
    }
}

#[hook]
fn use_counter() -> Revision {
    let count = use_reducer(Count::default);
    let raise = use_callback(count.dispatcher(), |(), count| count.dispatch(()));
    Revision {
        number: count.0,
        raise,
    }
}
