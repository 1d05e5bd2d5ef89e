//! Runs the sign-in once the configuration is loaded. An earlier click waits for it.

use crate::api::AuthorisedApi;
use crate::auth::flow::{Event, SignedOutNotice, State};
use crate::auth::{AuthRuntime, redirect, remembered_user};
use crate::browser::address::{navigate_to, path_with_query};
use crate::browser::wake::end_waits;
use crate::state::remote::Remote;
use crate::state::session::{CallbackOutcome, Session, SessionStatus};
use shared::api::ClientConfig;
use yew::prelude::*;

#[hook]
pub(super) fn use_sign_in(config: &Remote<ClientConfig>) -> Session {
    let state = use_state(State::default);
    let runtime = use_state(|| None::<AuthRuntime>);
    let waiting_click = use_waiting_click((*runtime).clone());
    let response = use_mut_ref(redirect::take_response);
    let expects_session = *use_memo((), |()| {
        response.borrow().is_some() || remembered_user::is_present()
    });
    {
        let (runtime, state) = (runtime.setter(), state.setter());
        let response = response.clone();
        let oauth = config.ready().map(|config| config.oauth.clone());
        use_effect_with(oauth, move |oauth| {
            let on_change = Callback::from(move |new| state.set(new));
            let navigate = Callback::from(|url: String| navigate_to(&url));
            let start = |oauth| AuthRuntime::start(oauth, response.take(), navigate, on_change);
            runtime.set(oauth.clone().map(start));
        });
    }
    let sign_in = use_callback(waiting_click.setter(), |(), waiting_click| {
        waiting_click.set(Some(path_with_query()));
    });
    let sign_out = use_callback((*runtime).clone(), |(), runtime| {
        if let Some(runtime) = runtime {
            runtime.sign_out();
        }
    });
    let confirm = use_callback((*runtime).clone(), |(), runtime| {
        if let Some(runtime) = runtime {
            runtime.dispatch(Event::UserConfirmed);
        }
    });
    let abandon = {
        let waiting_click = waiting_click.setter();
        use_callback((*runtime).clone(), move |(), runtime| {
            waiting_click.set(None);
            match runtime {
                Some(runtime) => runtime.dispatch(Event::Abandoned),
                // The settings are not there yet.
                None => drop(response.take()),
            }
        })
    };
    // A page that looked empty meanwhile would frighten people who were signed in.
    let waits_for_config =
        expects_session && runtime.is_none() && !matches!(config, Remote::Failed(_));
    let status = match SessionStatus::from(&*state) {
        SessionStatus::SignedOut if waiting_click.is_some() || waits_for_config => {
            SessionStatus::SigningIn
        }
        status => status,
    };
    let callback = match (config, &*runtime) {
        (Remote::Failed(error), _) => CallbackOutcome::Delayed(error.clone()),
        (_, None) => CallbackOutcome::Pending,
        (_, Some(_)) => CallbackOutcome::from(&*state),
    };
    let (remembered_name, tokens_remain) = match state.signed_out_notice() {
        Some(SignedOutNotice::WasSignedIn(name)) => (Some(name.clone()), false),
        notice => (None, notice.is_some()),
    };
    Session {
        status,
        remembered_name,
        tokens_remain,
        api: state.credentials().cloned().map(AuthorisedApi::new),
        sign_in,
        retry: Callback::from(|()| end_waits()),
        abandon,
        sign_out,
        confirm,
        callback,
    }
}

/// The path that a click on *Sign in* asked to come back to, until the sign-in can start.
#[hook]
fn use_waiting_click(runtime: Option<AuthRuntime>) -> UseStateHandle<Option<String>> {
    let waiting_click = use_state(|| None::<String>);
    let setter = waiting_click.setter();
    let deps = (runtime, (*waiting_click).clone());
    use_effect_with(deps, move |(runtime, path)| {
        if let (Some(runtime), Some(path)) = (runtime, path) {
            setter.set(None);
            runtime.sign_in(path);
        }
    });
    waiting_click
}
