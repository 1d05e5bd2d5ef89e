//! The sign-in as components see it.

use crate::api::{ApiError, AuthorisedApi};
use crate::auth::SignInError;
use crate::auth::confirmation::Confirmation;
use crate::auth::flow::{State, WithoutSession};
use shared::api::Me;
use std::rc::Rc;
use yew::Callback;

#[derive(Debug, Clone, PartialEq)]
pub enum SessionStatus {
    SignedOut,
    /// On the way to the sign-in server, or back from it.
    SigningIn,
    /// The person must confirm the identity. No data of the account is shown before.
    Confirming(Rc<Me>),
    SignedIn(Rc<Me>),
    /// The session has expired; the page stays as it is.
    Expired(Rc<Me>),
    /// Signed out, and perhaps about to leave for the sign-in server: work on this page would be
    /// lost.
    SigningOut,
    Failed(Rc<SignInError>),
}

/// The session and the actions that change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub status: SessionStatus,
    /// The name of the person who was signed in, while nobody is.
    pub remembered_name: Option<Rc<str>>,
    /// Whether a sign-out left tokens that may still be valid.
    pub tokens_remain: bool,
    /// Our server in the name of the person. After expiry it stays, so that the page stays, but
    /// every request fails with [`ApiError::Expired`] until the person signs in again.
    pub api: Option<AuthorisedApi>,
    /// Leaves for the sign-in server, to return to the page on screen. After expiry the page stays,
    /// and a second window opens.
    pub sign_in: Callback<()>,
    /// Confirms the identity of [`SessionStatus::Confirming`]; `sign_out` denies it.
    pub confirm: Callback<()>,
    /// Repeats a delayed request now.
    pub retry: Callback<()>,
    /// Gives up a sign-in that fails or is delayed, and continues without an account.
    pub abandon: Callback<()>,
    /// Ends the session here, at the sign-in server and in the other tabs.
    pub sign_out: Callback<()>,
    pub callback: CallbackOutcome,
}

/// The outcome of the return from the sign-in server, for the callback page.
#[derive(Debug, Clone, PartialEq)]
pub enum CallbackOutcome {
    Pending,
    /// Still pending, because our server cannot be reached; the request is repeated.
    Delayed(Rc<ApiError>),
    Finished {
        /// The path of the page on which the person signed in.
        return_to: String,
    },
    Failed(Rc<SignInError>),
}

impl From<&State> for SessionStatus {
    fn from(state: &State) -> Self {
        match state {
            State::SignedOut { .. }
            // Nobody was signed in here, so nobody has to wait for a session.
            | State::Restoring {
                without_session: WithoutSession::SignedOut(None),
                confirmation: Confirmation::NotNeeded | Confirmation::NeededUnlessRemembered(_),
                last_error: None,
                ..
            } => Self::SignedOut,
            State::Redirecting { .. }
            | State::Restoring { .. }
            | State::Exchanging { .. }
            | State::Identifying { .. } => Self::SigningIn,
            State::Confirming { me, .. } => Self::Confirming(me.clone()),
            State::SignedIn { me, .. } => Self::SignedIn(me.clone()),
            State::Expired { me, .. } => Self::Expired(me.clone()),
            State::SigningOut => Self::SigningOut,
            State::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

impl From<&State> for CallbackOutcome {
    fn from(state: &State) -> Self {
        match state {
            State::SignedOut { return_to, .. } | State::SignedIn { return_to, .. } => {
                let return_to = return_to.as_str().to_owned();
                Self::Finished { return_to }
            }
            State::Expired { .. } => Self::Finished {
                return_to: "/".to_owned(),
            },
            State::Identifying { last_error, .. } | State::Restoring { last_error, .. } => {
                match last_error {
                    Some(error) => Self::Delayed(error.clone()),
                    None => Self::Pending,
                }
            }
            State::Redirecting { .. }
            | State::Exchanging { .. }
            | State::Confirming { .. }
            | State::SigningOut => Self::Pending,
            State::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::ReturnPath;
    use crate::auth::flow::SessionSource;

    #[test]
    fn only_somebody_who_was_signed_in_waits_for_the_session() {
        let restoring = |without_session, confirmation, last_error| State::Restoring {
            source: SessionSource::Cookie,
            return_to: ReturnPath::default(),
            confirmation,
            without_session,
            last_error,
        };
        let unless_remembered = Confirmation::NeededUnlessRemembered(None);
        let nobody = || WithoutSession::SignedOut(None);
        let state = restoring(nobody(), unless_remembered, None);
        assert_eq!(SessionStatus::from(&state), SessionStatus::SignedOut);
        for state in [
            restoring(
                WithoutSession::SignedOut(Some("Ada".into())),
                unless_remembered,
                None,
            ),
            restoring(WithoutSession::SignIn(None), unless_remembered, None),
            restoring(nobody(), Confirmation::Needed, None),
            restoring(
                nobody(),
                unless_remembered,
                Some(Rc::new(ApiError::Network)),
            ),
        ] {
            assert_eq!(
                SessionStatus::from(&state),
                SessionStatus::SigningIn,
                "{state:?}"
            );
        }
    }
}
