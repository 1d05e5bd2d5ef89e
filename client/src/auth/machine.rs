//! Runs the sign-in: carries out the commands of [`super::flow`] and reports back by events.

use super::attempt::Attempt;
use super::callback::{self, Answer};
use super::flow::{Command, Event, State};
use super::tokens::Tokens;
use super::{Credentials, ReturnPath, SignInError, departure, exchange, pending};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::address::{location, replace_query};
use crate::browser::broadcast::Channel;
use crate::browser::clock::now;
use crate::browser::wake::on_wake;
use futures_util::FutureExt;
use gloo_events::EventListener;
use oauth2::RefreshToken;
use shared::api::OauthConfig;
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The channel on which tabs tell each other of a sign-out.
pub const CHANNEL: &str = "gnc-session";

/// What is said on [`CHANNEL`].
pub const SIGNED_OUT: &str = "signed-out";

/// The sign-in of this tab. It ends when the last clone drops.
#[derive(Clone)]
pub struct Machine(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    config: Rc<OauthConfig>,
    navigate: Callback<String>,
    changed: Callback<State>,
    tabs: Channel,
    _listeners: Vec<EventListener>,
}

impl Machine {
    /// Starts with nobody signed in, and takes the sign-in server's answer if the address holds one.
    /// `navigate` is to leave for another page; `changed` hears of every state from then on.
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
            tabs: Channel::open(CHANNEL, {
                let inner = inner.clone();
                move |message| {
                    if message == SIGNED_OUT {
                        dispatch(&inner, Event::SignedOutElsewhere);
                    }
                }
            }),
            _listeners: listeners(inner),
        }));
        machine.take_answer();
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

    fn run(&self, command: Command) {
        match command {
            Command::Leave { return_to } => match depart(&self.0.config, return_to) {
                Ok(url) => self.0.navigate.emit(url),
                Err(error) => self.dispatch(Event::NotLeft(error)),
            },
            Command::CleanAddress => replace_query(callback::without_answer),
            Command::Exchange(accepted) => {
                let (inner, config) = (Rc::downgrade(&self.0), self.0.config.clone());
                spawn_local(async move {
                    let tokens = exchange::exchange(&config, accepted).await;
                    let result = tokens.map(|tokens| lend(&inner, &config, tokens));
                    dispatch(&inner, Event::Exchanged(result));
                });
            }
            Command::Identify(credentials) => {
                spawn_local(identify(Rc::downgrade(&self.0), credentials));
            }
            Command::TellTabs => self.0.tabs.send(SIGNED_OUT),
            Command::Revoke(credentials) => {
                let config = self.0.config.clone();
                spawn_local(async move {
                    revoke(&config, &credentials).await;
                });
            }
            Command::EndSession(credentials) => {
                let (config, navigate) = (self.0.config.clone(), self.0.navigate.clone());
                spawn_local(end_session(config, navigate, credentials));
            }
        }
    }

    fn take_answer(&self) {
        let Some(location) = location() else { return };
        let is_callback = departure::callback_path(&self.0.config)
            .is_some_and(|path| location.pathname().is_ok_and(|here| here == path));
        let query = location.search().unwrap_or_default();
        if let (true, Some(answer)) = (is_callback, Answer::from_query(&query)) {
            let attempt = answer.state.as_deref().and_then(pending::take);
            self.dispatch(Event::Returned {
                answer,
                attempt,
                config: self.0.config.clone(),
                now: now(),
            });
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
        // The browser may bring a page back as it was left: on its way to the sign-in server.
        let inner = inner.clone();
        let shown = move |_: &web_sys::Event| dispatch(&inner, Event::CameBack);
        listeners.push(EventListener::new(&window, "pageshow", shown));
    }
    listeners
}

/// Makes tokens usable for requests, and tells the machine when they are no longer good.
fn lend(inner: &Weak<Inner>, config: &Rc<OauthConfig>, tokens: Tokens) -> Credentials {
    let config = config.clone();
    let renew = Rc::new(move |token: RefreshToken| {
        let config = config.clone();
        async move { exchange::refresh(&config, &token).await }.boxed_local()
    });
    let inner = inner.clone();
    let rejected = Callback::from(move |()| dispatch(&inner, Event::Rejected));
    Credentials::new(tokens, renew, rejected)
}

async fn identify(inner: Weak<Inner>, credentials: Credentials) {
    let api = AuthorisedApi::new(credentials);
    let trouble = |error: &ApiError| dispatch(&inner, Event::Trouble(Rc::new(error.clone())));
    let me = retry::persist(
        async || api.me().await,
        ApiError::is_passing,
        retry::endless(),
        trouble,
    );
    let result = me.await;
    dispatch(&inner, Event::Identified(result));
}

/// Says whether the sign-in server can be reached.
async fn revoke(config: &OauthConfig, credentials: &Credentials) -> bool {
    match credentials.take() {
        Some(tokens) => exchange::revoke(config, tokens).await,
        None => true,
    }
}

async fn end_session(
    config: Rc<OauthConfig>,
    navigate: Callback<String>,
    credentials: Credentials,
) {
    // Leaving the page would cut the revocation off, so that comes first.
    let is_reachable = revoke(&config, &credentials).await;
    let Some(location) = location() else { return };
    if !is_reachable {
        // Going there would leave the person with the browser's error page.
        return;
    }
    let home = location.origin().map(|origin| format!("{origin}/"));
    let url = home
        .ok()
        .and_then(|home| departure::end_session_url(&config, &home));
    if let Some(url) = url {
        navigate.emit(url);
    }
}

/// Keeps a fresh attempt, and gives the address at which it begins.
fn depart(config: &OauthConfig, return_to: ReturnPath) -> Result<String, SignInError> {
    let here = location().and_then(|location| location.origin().ok());
    let departure =
        departure::depart(config, &here.unwrap_or_default()).map_err(SignInError::Misconfigured)?;
    let now = now();
    let attempt = Attempt::new(departure.verifier, return_to, now);
    pending::keep(&departure.state, &attempt, now).map_err(|_| SignInError::StorageForbidden)?;
    Ok(departure.url)
}
