//! Who is signed in, as components see it.

use crate::api::{ApiError, AuthorisedApi};
use crate::auth::SignInError;
use crate::auth::flow::State;
use shared::api::Me;
use std::rc::Rc;
use yew::Callback;

/// How far the sign-in is.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionStatus {
    /// Nobody is signed in.
    SignedOut,
    /// On the way to the sign-in server, or back from it.
    SigningIn,
    /// This person has to say that it is them; nothing of theirs is shown before.
    Confirming(Rc<Me>),
    /// Signed in as this person.
    SignedIn(Rc<Me>),
    /// The sign-in of this person has run out; what is on the page stays.
    Expired(Rc<Me>),
    /// Signed out, and perhaps about to leave for the sign-in server: nothing must be begun on this page.
    SigningOut,
    /// The attempt to sign in failed.
    Failed(Rc<SignInError>),
}

/// The sign-in and the means to change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// How far it is.
    pub status: SessionStatus,
    /// The server in this person's name. After expiry it stays, so that what is on the page stays, but
    /// every new request fails with [`ApiError::Expired`] until they sign in again.
    pub api: Option<AuthorisedApi>,
    /// Leaves for the sign-in server; afterwards the page comes back to the given path. After expiry the
    /// page stays, and a second window opens.
    pub sign_in: Callback<String>,
    /// Says that [`SessionStatus::Confirming`] is right; `sign_out` says that it is not.
    pub confirm: Callback<()>,
    /// Forgets the sign-in here, at the sign-in server and in the other tabs.
    pub sign_out: Callback<()>,
    /// See `use_callback_outcome`. Given out with the rest, because another context is more code.
    pub(crate) callback: CallbackOutcome,
}

/// What became of the return from the sign-in server, for the callback page.
#[derive(Debug, Clone, PartialEq)]
pub enum CallbackOutcome {
    /// Not decided yet.
    Working,
    /// Not decided yet, because the server cannot be reached; asked again by itself.
    Waiting(Rc<ApiError>),
    /// Nothing left to do here.
    Done {
        /// One of our own paths, where the person was before.
        return_to: String,
    },
    /// The sign-in failed.
    Failed(Rc<SignInError>),
}

impl From<&State> for SessionStatus {
    fn from(state: &State) -> Self {
        match state {
            State::SignedOut { .. } => Self::SignedOut,
            State::Leaving
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
            State::SignedOut { return_to, .. } | State::SignedIn { return_to, .. } => Self::Done {
                return_to: return_to.as_str().to_owned(),
            },
            State::Expired { .. } => Self::Done {
                return_to: "/".to_owned(),
            },
            State::Identifying {
                trouble: Some(error),
                ..
            }
            | State::Restoring {
                trouble: Some(error),
                ..
            } => Self::Waiting(error.clone()),
            State::Leaving
            | State::Restoring { .. }
            | State::Exchanging { .. }
            | State::Identifying { .. }
            | State::Confirming { .. }
            | State::SigningOut => Self::Working,
            State::Failed(error) => Self::Failed(error.clone()),
        }
    }
}
