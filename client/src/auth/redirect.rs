//! The redirect to the sign-in server and back: starts an attempt, and reads its response.

use super::authorization_response::AuthorizationResponse;
use super::flow::Event;
use super::sign_in_attempt::SignInAttempt;
use super::{
    ReturnPath, SignInError, attempt_storage, authorize_url, pending_session, remembered_user,
    response_parameters,
};
use crate::browser::address::{location, replace_query};
use crate::browser::clock::server_now;
use crate::route::Route;
use shared::api::{OauthConfig, OauthMode, StatePolicy};
use std::rc::Rc;

/// Takes the authorization response out of the address bar and the history, if there is one. This
/// happens before anything is loaded, because people may copy the address while they wait.
pub fn take_response() -> Option<AuthorizationResponse> {
    let location = location()?;
    let query = match Route::at(&location.pathname().ok()?) {
        Route::Callback => location.search().ok()?,
        _ => return None,
    };
    let response = AuthorizationResponse::from_query(&query)?;
    replace_query(response_parameters::without_response);
    Some(response)
}

/// Stores a new attempt, and returns the address of the sign-in server at which it starts.
pub(super) fn start_attempt(
    config: &OauthConfig,
    return_to: ReturnPath,
    silent: bool,
) -> Result<String, SignInError> {
    let origin = location().and_then(|location| location.origin().ok());
    let request = authorize_url::authorization_request(config, &origin.unwrap_or_default(), silent)
        .map_err(SignInError::Misconfigured)?;
    let now = server_now();
    let attempt = SignInAttempt {
        silent,
        ..SignInAttempt::new(request.verifier, return_to, now)
    };
    if silent {
        remembered_user::mark_tried();
    }
    if config.state == StatePolicy::PendingLogin {
        // The response will not name its attempt.
        attempt_storage::remove_pending();
    }
    attempt_storage::store(&request.state, &attempt, now)
        .map_err(|_| SignInError::StorageForbidden)?;
    Ok(request.url)
}

/// Returns the first event of a page, to which the sign-in server may have sent a response.
pub(super) fn opening_event(
    config: &Rc<OauthConfig>,
    response: Option<AuthorizationResponse>,
) -> Event {
    let (pending_session, now) = (pending_session::read(), server_now());
    let remembered = remembered_user::read(config);
    let Some(response) = response else {
        let address = current_address().unwrap_or_default();
        // The page of the second window signs in by itself, and not silently.
        let signs_in_itself =
            config.mode == OauthMode::Direct && Route::at(&address) == Route::SignIn;
        return Event::Opened {
            mode: config.mode,
            pending_session,
            remembered: remembered.filter(|_| !signs_in_itself),
            return_to: ReturnPath::checked(&address),
        };
    };
    let attempt = match &response.state {
        Some(state) => attempt_storage::take(state),
        None if config.state == StatePolicy::PendingLogin => attempt_storage::take_only(now),
        None => None,
    };
    Event::ResponseReceived {
        response,
        attempt,
        config: config.clone(),
        now,
        pending_session,
        remembered,
    }
}

fn current_address() -> Option<String> {
    let location = location()?;
    Some(location.pathname().ok()? + &location.search().ok()?)
}
