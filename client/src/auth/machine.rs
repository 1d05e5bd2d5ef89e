//! Runs the sign-in: carries out the commands of [`super::flow`] and reports back by events.

use super::callback::{self, Answer};
use super::flow::{Command, Event, State};
use super::renewal::Renewer;
use super::tabs::{self, Message};
use super::tokens::Tokens;
use super::{
    Credentials, ReturnPath, SignInError, departure, exchange, mark, mediated, pending, session_end,
};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::address::{location, open_window, replace_query};
use crate::browser::broadcast::Channel;
use crate::browser::clock::server_now;
use crate::browser::wake::on_wake;
use crate::route::Route;
use futures_util::FutureExt;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use shared::api::{OauthConfig, OauthMode, StatePolicy};
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The sign-in of this tab. It ends when the last clone drops.
#[derive(Clone)]
pub struct Machine(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    config: Rc<OauthConfig>,
    navigate: Callback<String>,
    changed: Callback<State>,
    tabs: Rc<Channel>,
    _listeners: Vec<EventListener>,
}

impl Machine {
    /// Takes the sign-in server's answer if the address holds one, else takes up the session that there
    /// is. `navigate` is to leave for another page; `changed` hears of every state from then on.
    pub fn start(
        config: OauthConfig,
        navigate: Callback<String>,
        changed: Callback<State>,
    ) -> Self {
        let machine = Self(Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            state: RefCell::default(),
            config: Rc::new(config),
            navigate,
            changed,
            tabs: Rc::new(tabs::open({
                let inner = inner.clone();
                move |message| hear(&inner, message)
            })),
            _listeners: listeners(inner),
        }));
        machine.dispatch(machine.opening());
        machine
    }

    /// Goes to the next state and does what that asks for.
    pub fn dispatch(&self, event: Event) {
        let (next, commands) = self.0.state.take().next(event);
        self.0.state.replace(next.clone());
        self.0.changed.emit(next);
        for command in commands {
            self.run(command);
        }
    }

    /// Leaves for the sign-in server; afterwards the page comes back to this path if it is ours.
    pub fn sign_in(&self, return_to: &str) {
        let return_to = ReturnPath::checked(return_to);
        self.dispatch(Event::SignIn { return_to });
    }

    /// Ends the sign-in, or the attempt of somebody who says that it is not theirs.
    pub fn sign_out(&self) {
        let leaves = session_end::url(&self.0.config).is_some();
        self.dispatch(Event::SignOut { leaves });
    }

    fn run(&self, command: Command) {
        let Inner { config, tabs, .. } = &*self.0;
        match command {
            Command::Leave { return_to } => match depart(config, return_to) {
                Ok(url) => leave(&Rc::downgrade(&self.0), &self.0.navigate, url),
                Err(error) => self.dispatch(Event::NotLeft(error)),
            },
            Command::OpenWindow { return_to } => {
                if !open_window(&Route::SignIn.to_path()) {
                    self.dispatch(Event::NoWindow { return_to });
                }
            }
            Command::CleanAddress => replace_query(callback::without_answer),
            Command::Mark(mark) => mark::write(mark),
            Command::AskTabs => tabs::tell(tabs, &Message::Wanted),
            Command::TellTabs => tabs::tell(tabs, &Message::SignedOut),
            Command::Share {
                user_id,
                credentials,
            } => {
                if let Some(tokens) = credentials.tokens() {
                    tabs::tell(tabs, &Message::SignedIn { user_id, tokens });
                }
            }
            Command::Take { into, from } => into.put(from.take()),
            Command::Forget(credentials) => drop(credentials.take()),
            Command::Restore => spawn_local(restore(Rc::downgrade(&self.0))),
            Command::Exchange(accepted) => {
                let (inner, config) = (Rc::downgrade(&self.0), config.clone());
                spawn_local(async move {
                    let tokens = match config.mode {
                        OauthMode::Direct => exchange::exchange(&config, accepted).await,
                        OauthMode::Mediated => mediated::exchange(&config, accepted).await,
                    };
                    let result = tokens.map(|tokens| lend(&inner, tokens));
                    dispatch(&inner, Event::Exchanged(result));
                });
            }
            Command::Identify(credentials) => {
                spawn_local(identify(Rc::downgrade(&self.0), credentials));
            }
            Command::Revoke(credentials) => self.end(Some(credentials), false),
            Command::EndSession(credentials) => self.end(Some(credentials), true),
            Command::FinishSignOut => self.end(None, false),
        }
    }

    /// Revokes tokens; `everywhere` ends the sign-in server's own session, too.
    fn end(&self, credentials: Option<Credentials>, everywhere: bool) {
        let tokens = credentials.and_then(|credentials| credentials.take());
        let (inner, config) = (Rc::downgrade(&self.0), self.0.config.clone());
        let navigate = everywhere.then(|| self.0.navigate.clone());
        spawn_local(async move {
            // Leaving the page would cut the revocation off, so that comes first.
            let heard = session_end::end(&config, tokens).await;
            // Going to a server that cannot be reached would leave the person with the browser's error page.
            let way = navigate.filter(|_| heard).zip(session_end::url(&config));
            let leaving = way.is_some();
            dispatch(&inner, Event::SessionEnded { heard, leaving });
            if let Some((navigate, url)) = way {
                leave(&inner, &navigate, url);
            }
        });
    }

    /// What the address says.
    fn opening(&self) -> Event {
        let config = &self.0.config;
        let (mark, now) = (mark::read(), server_now());
        let answer = location().and_then(|location| {
            let is_callback = departure::callback_path(config)? == location.pathname().ok()?;
            let query = location.search().ok().filter(|_| is_callback)?;
            Answer::from_query(&query)
        });
        let Some(answer) = answer else {
            let mode = config.mode;
            return Event::Opened { mode, mark };
        };
        let attempt = match &answer.state {
            Some(state) => pending::take(state),
            None if config.state == StatePolicy::PendingLogin => pending::take_only(now),
            None => None,
        };
        Event::Returned {
            answer,
            attempt,
            config: config.clone(),
            now,
            mark,
        }
    }
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Machine").field(&self.0.state).finish()
    }
}

impl PartialEq for Machine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn dispatch(inner: &Weak<Inner>, event: Event) {
    if let Some(inner) = inner.upgrade() {
        Machine(inner).dispatch(event);
    }
}

fn hear(inner: &Weak<Inner>, message: Message) {
    let event = match message {
        Message::SignedOut => Event::SignedOutElsewhere,
        Message::Wanted => Event::WantedElsewhere,
        Message::SignedIn { user_id, tokens } => Event::SignedInElsewhere {
            user_id,
            credentials: lend(inner, tokens),
        },
    };
    dispatch(inner, event);
}

fn listeners(inner: &Weak<Inner>) -> Vec<EventListener> {
    let woken = {
        let inner = inner.clone();
        move || {
            let state = inner.upgrade().map(|inner| inner.state.borrow().clone());
            if let Some(State::SignedIn { credentials, .. }) = state {
                // It tells the machine itself when the sign-in has run out.
                spawn_local(async move {
                    let _ = credentials.ensure_fresh().await;
                });
            }
        }
    };
    let mut listeners = on_wake(woken);
    if let Some(window) = web_sys::window() {
        // The browser may bring a page back as it was left, by its Back: on its way to the sign-in server.
        let inner = inner.clone();
        let shown = move |_: &web_sys::Event| dispatch(&inner, Event::CameBack);
        listeners.push(EventListener::new(&window, "pageshow", shown));
    }
    listeners
}

/// Leaves for the sign-in server. Where the browser asks whether to leave what is not stored, the person may stay.
fn leave(inner: &Weak<Inner>, navigate: &Callback<String>, url: String) {
    if let Some(window) = web_sys::window() {
        let inner = inner.clone();
        let asked = move |event: &web_sys::Event| {
            let (inner, event) = (inner.clone(), event.clone());
            spawn_local(async move {
                // Nothing runs while it asks.
                TimeoutFuture::new(0).await;
                if event.default_prevented() {
                    dispatch(&inner, Event::CameBack);
                }
            });
        };
        // Only now: some browsers do not keep a page for their Back that listens to this all the time.
        EventListener::once(&window, "beforeunload", asked).forget();
    }
    navigate.emit(url);
}

/// Makes tokens usable for requests, and tells the machine when they are no longer good.
fn lend(inner: &Weak<Inner>, tokens: Tokens) -> Credentials {
    let renew = {
        let inner = inner.clone();
        Rc::new(move |credentials: Credentials| {
            let renewer = inner.upgrade().map(|inner| Renewer {
                config: inner.config.clone(),
                tabs: inner.tabs.clone(),
                user_id: inner.state.borrow().me().map(|me| me.user_id),
            });
            async move {
                match renewer {
                    Some(renewer) => renewer.renew(credentials).await,
                    None => Err(SignInError::Incomplete),
                }
            }
            .boxed_local()
        })
    };
    let inner = inner.clone();
    let rejected = Callback::from(move |()| dispatch(&inner, Event::Rejected));
    Credentials::new(tokens, renew, rejected)
}

async fn restore(inner: Weak<Inner>) {
    let found = persist(&inner, mediated::refresh).await;
    // Whatever it is that will not pass, the person can still sign in anew.
    let found = found.unwrap_or_default().map(|tokens| lend(&inner, tokens));
    dispatch(&inner, Event::Restored(found));
}

async fn identify(inner: Weak<Inner>, credentials: Credentials) {
    let api = AuthorisedApi::new(credentials);
    let result = persist(&inner, async || api.me().await).await;
    dispatch(&inner, Event::Identified(result));
}

/// Asks our server until it answers.
async fn persist<T>(
    inner: &Weak<Inner>,
    ask: impl AsyncFn() -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let trouble = |error: &ApiError| dispatch(inner, Event::Trouble(Rc::new(error.clone())));
    retry::persist(ask, ApiError::is_passing, retry::endless(), trouble).await
}

/// Keeps a fresh attempt, and gives the address at which it begins.
fn depart(config: &OauthConfig, return_to: ReturnPath) -> Result<String, SignInError> {
    let here = location().and_then(|location| location.origin().ok());
    let departure =
        departure::depart(config, &here.unwrap_or_default()).map_err(SignInError::Misconfigured)?;
    let now = server_now();
    let attempt = super::attempt::Attempt::new(departure.verifier, return_to, now);
    if config.state == StatePolicy::PendingLogin {
        // The answer will not say which attempt it belongs to.
        pending::give_up();
    }
    pending::keep(&departure.state, &attempt, now).map_err(|_| SignInError::StorageForbidden)?;
    Ok(departure.url)
}
