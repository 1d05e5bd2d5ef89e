//! Runs the sign-in: executes the commands of [`super::flow`] and reports back with events.

use super::authorization_response::AuthorizationResponse;
use super::flow::{Command, Event, State};
use super::renewal::TokenRenewer;
use super::tab_messages::{self, Message};
use super::tokens::Tokens;
use super::{
    Credentials, ReturnPath, SignInError, logout, pending_session, redirect, remembered_user,
    server_session, token_endpoint,
};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::address::open_window;
use crate::browser::broadcast::Channel;
use crate::browser::wake::on_wake;
use crate::route::Route;
use futures_util::FutureExt;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use shared::api::{OauthConfig, OauthMode, Revocation};
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;
use yew_router::Routable;

/// How long another tab may take to offer its session, in milliseconds.
const TABS_PATIENCE: u32 = 500;

/// The sign-in of this tab. It ends when the last clone is dropped.
#[derive(Clone)]
pub struct AuthRuntime(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    config: Rc<OauthConfig>,
    navigate: Callback<String>,
    on_change: Callback<State>,
    tabs: Rc<Channel>,
    _listeners: Vec<EventListener>,
}

impl AuthRuntime {
    /// Uses the authorization response with which the page was opened, else resumes a session.
    /// `navigate` leaves for another site; `on_change` receives every state.
    pub fn start(
        config: OauthConfig,
        response: Option<AuthorizationResponse>,
        navigate: Callback<String>,
        on_change: Callback<State>,
    ) -> Self {
        let runtime = Self(Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            state: RefCell::default(),
            config: Rc::new(config),
            navigate,
            on_change,
            tabs: Rc::new(tab_messages::open({
                let inner = inner.clone();
                move |message| receive_message(&inner, message)
            })),
            _listeners: listeners(inner),
        }));
        runtime.dispatch(redirect::opening_event(&runtime.0.config, response));
        runtime
    }

    /// Changes to the next state and executes its commands.
    pub fn dispatch(&self, event: Event) {
        let (state, commands) = self.0.state.take().next(event);
        self.0.state.replace(state.clone());
        self.0.on_change.emit(state);
        for command in commands {
            self.execute(command);
        }
    }

    /// Leaves for the sign-in server, to return to this path afterwards.
    pub fn sign_in(&self, return_to: &str) {
        let return_to = ReturnPath::checked(return_to);
        self.dispatch(Event::SignIn { return_to });
    }

    /// Signs out, or denies the identity that the person was asked to confirm.
    pub fn sign_out(&self) {
        let leaves_page = logout::end_session_url(&self.0.config).is_some();
        self.dispatch(Event::SignOut { leaves_page });
    }

    fn execute(&self, command: Command) {
        let Inner { config, tabs, .. } = &*self.0;
        let inner = Rc::downgrade(&self.0);
        match command {
            Command::Redirect { return_to, silent } => {
                match redirect::start_attempt(config, return_to, silent) {
                    Ok(url) => leave_page(&inner, &self.0.navigate, url),
                    Err(error) => self.dispatch(Event::RedirectFailed(error)),
                }
            }
            Command::OpenWindow { return_to } => {
                if !open_window(&Route::SignIn.to_path()) {
                    self.dispatch(Event::WindowBlocked { return_to });
                }
            }
            Command::StorePendingSession(pending) => pending_session::write(pending),
            Command::RequestSessionFromTabs => tab_messages::send(tabs, &Message::SessionRequest),
            Command::WaitForTabs => spawn_local(async move {
                TimeoutFuture::new(TABS_PATIENCE).await;
                dispatch(&inner, Event::SessionRestored(None));
            }),
            Command::RememberUser(me) => remembered_user::remember(&me),
            Command::ForgetUser => remembered_user::forget(),
            Command::AnnounceSignOut => tab_messages::send(tabs, &Message::SignedOut),
            Command::ShareTokens {
                user_id,
                credentials,
            } => {
                if let Some(tokens) = credentials.tokens() {
                    tab_messages::send(tabs, &Message::SignedIn { user_id, tokens });
                }
            }
            Command::AdoptTokens { into, from } => into.replace_tokens(from.take()),
            Command::ForgetTokens(credentials) => drop(credentials.take()),
            Command::RestoreSession => spawn_local(restore_session(inner)),
            Command::ExchangeCode(response) => {
                let config = config.clone();
                spawn_local(async move {
                    let tokens = match config.mode {
                        OauthMode::Direct => token_endpoint::exchange(&config, response).await,
                        OauthMode::Mediated => server_session::exchange(&config, response).await,
                    };
                    let result = tokens.map(|tokens| credentials(&inner, tokens));
                    dispatch(&inner, Event::CodeExchanged(result));
                });
            }
            Command::IdentifyUser(credentials) => spawn_local(identify_user(inner, credentials)),
            Command::RevokeTokens(credentials) => self.end_session(credentials.take(), false),
            Command::EndSession(credentials) => self.end_session(credentials.take(), true),
            Command::FinishSignOut => self.end_session(None, false),
        }
    }

    /// Revokes tokens; `everywhere` ends the session of the sign-in server, too.
    fn end_session(&self, tokens: Option<Tokens>, everywhere: bool) {
        let (inner, config) = (Rc::downgrade(&self.0), self.0.config.clone());
        let navigate = everywhere.then(|| self.0.navigate.clone());
        spawn_local(async move {
            // Leaving the page first would abort the revocation.
            let revocation = logout::revoke(&config, tokens).await;
            // A server that cannot be reached would leave the person with the browser's error page.
            let destination = navigate
                .filter(|_| !matches!(revocation, None | Some(Revocation::Failed)))
                .zip(logout::end_session_url(&config));
            let ended = Event::SessionEnded {
                server_notified: revocation.is_some(),
                tokens_remain: everywhere && revocation != Some(Revocation::Done),
                leaves_page: destination.is_some(),
            };
            dispatch(&inner, ended);
            if let Some((navigate, url)) = destination {
                leave_page(&inner, &navigate, url);
            }
        });
    }
}

impl fmt::Debug for AuthRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthRuntime").field(&self.0.state).finish()
    }
}

impl PartialEq for AuthRuntime {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn dispatch(inner: &Weak<Inner>, event: Event) {
    if let Some(inner) = inner.upgrade() {
        AuthRuntime(inner).dispatch(event);
    }
}

fn receive_message(inner: &Weak<Inner>, message: Message) {
    let event = match message {
        Message::SignedOut => Event::SignedOutElsewhere,
        Message::SessionRequest => Event::SessionRequestedElsewhere,
        Message::SignedIn { user_id, tokens } => Event::SignedInElsewhere {
            user_id,
            credentials: credentials(inner, tokens),
        },
    };
    dispatch(inner, event);
}

fn listeners(inner: &Weak<Inner>) -> Vec<EventListener> {
    let renew_tokens = {
        let inner = inner.clone();
        move || {
            let state = inner.upgrade().map(|inner| inner.state.borrow().clone());
            if let Some(State::SignedIn { credentials, .. }) = state {
                // The credentials report an expired session by themselves.
                spawn_local(async move {
                    let _ = credentials.ensure_fresh().await;
                });
            }
        }
    };
    let mut listeners = on_wake(renew_tokens);
    if let Some(window) = web_sys::window() {
        // The Back button may show this page again as it was during the redirect.
        let inner = inner.clone();
        let on_page_show = move |_: &web_sys::Event| dispatch(&inner, Event::RedirectCancelled);
        listeners.push(EventListener::new(&window, "pageshow", on_page_show));
    }
    listeners
}

/// Leaves for the sign-in server. The person may stay if the browser asks about unsaved changes.
fn leave_page(inner: &Weak<Inner>, navigate: &Callback<String>, url: String) {
    if let Some(window) = web_sys::window() {
        let inner = inner.clone();
        let on_before_unload = move |event: &web_sys::Event| {
            let (inner, event) = (inner.clone(), event.clone());
            spawn_local(async move {
                // The timeout ends only after the browser's question is answered.
                TimeoutFuture::new(0).await;
                if event.default_prevented() {
                    dispatch(&inner, Event::RedirectCancelled);
                }
            });
        };
        // Registered only now: a permanent listener keeps some browsers from caching the page.
        EventListener::once(&window, "beforeunload", on_before_unload).forget();
    }
    navigate.emit(url);
}

/// Creates credentials that renew these tokens, and that report when they are no longer valid.
fn credentials(inner: &Weak<Inner>, tokens: Tokens) -> Credentials {
    let renew = {
        let inner = inner.clone();
        Rc::new(move |credentials: Credentials| {
            let renewer = inner.upgrade().map(|inner| TokenRenewer {
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
    let on_rejected = Callback::from(move |()| dispatch(&inner, Event::TokenRejected));
    Credentials::new(tokens, renew, on_rejected)
}

async fn restore_session(inner: Weak<Inner>) {
    let result = until_available(&inner, server_session::refresh).await;
    // After a permanent error, the person can still sign in again.
    let tokens = result.unwrap_or_default();
    let credentials = tokens.map(|tokens| credentials(&inner, tokens));
    dispatch(&inner, Event::SessionRestored(credentials));
}

async fn identify_user(inner: Weak<Inner>, credentials: Credentials) {
    let api = AuthorisedApi::new(credentials);
    let result = until_available(&inner, async || api.me().await).await;
    dispatch(&inner, Event::UserIdentified(result));
}

/// Repeats a request until our server can be reached.
async fn until_available<T>(
    inner: &Weak<Inner>,
    request: impl AsyncFn() -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let on_error =
        |error: &ApiError| dispatch(inner, Event::ServerUnavailable(Rc::new(error.clone())));
    let delays = retry::background_delays();
    retry::with_retry(request, ApiError::is_transient, delays, on_error).await
}
