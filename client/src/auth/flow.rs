//! The sign-in as a pure state machine: a state and an event give the next state and commands.
//!
//! [`super::transitions`] defines the next state. Neither reads a clock, storage or the network:
//! [`super::runtime`] executes the commands and reports back with events.

use super::authorization_response::{AuthorizationResponse, CheckedResponse};
use super::confirmation::Confirmation;
use super::pending_session::PendingSession;
use super::remembered_user::RememberedUser;
use super::sign_in_attempt::SignInAttempt;
use super::{Credentials, ReturnPath, SignInError};
use crate::api::ApiError;
use shared::api::{Me, OauthConfig, OauthMode};
use shared::timestamp::Timestamp;
use std::rc::Rc;
use uuid::Uuid;

/// The sign-in state of this tab. `return_to` is the page to which the callback page goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    SignedOut {
        return_to: ReturnPath,
        /// Whether this tab may join the session of another one. Not after a sign-out.
        may_join: bool,
        notice: Option<SignedOutNotice>,
    },
    /// The browser is about to leave for the sign-in server.
    Redirecting {
        /// The name of the person who was signed in before, in case the browser does not leave.
        remembered: Option<Rc<str>>,
    },
    /// Our server was asked for the session of its cookie, or the other tabs for theirs.
    Restoring {
        source: SessionSource,
        return_to: ReturnPath,
        confirmation: Confirmation,
        without_session: WithoutSession,
        /// The transient error that delays the response.
        last_error: Option<Rc<ApiError>>,
    },
    /// The token endpoint was asked to exchange the code.
    Exchanging {
        return_to: ReturnPath,
        confirmation: Confirmation,
    },
    /// Our server was asked who the tokens belong to.
    Identifying {
        return_to: ReturnPath,
        /// Not shown to components before our server has accepted them.
        credentials: Credentials,
        confirmation: Confirmation,
        /// Whether the sign-in server has just issued the tokens.
        is_new: bool,
        /// The transient error that delays the response.
        last_error: Option<Rc<ApiError>>,
    },
    /// The person is asked to confirm the identity. No data is shown or moved before.
    Confirming {
        me: Rc<Me>,
        /// Not shown to components before the person has confirmed.
        credentials: Credentials,
        return_to: ReturnPath,
    },
    SignedIn {
        me: Rc<Me>,
        credentials: Credentials,
        return_to: ReturnPath,
    },
    /// The session has expired. The page stays as it is.
    Expired {
        me: Rc<Me>,
        /// Without tokens: every request fails at once until the person signs in again.
        credentials: Credentials,
    },
    /// Signed out. The tokens are being revoked; then the browser leaves for the sign-in server to
    /// end the session there. Work started on the page now would be lost.
    SigningOut,
    Failed(Rc<SignInError>),
}

/// Where a session is restored from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionSource {
    /// The cookie of our server (`mediated`).
    Cookie,
    /// A session of another tab (`direct`).
    OtherTabs,
}

/// A message for a person who is signed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedOutNotice {
    /// This browser remembers the name of the person who was signed in.
    WasSignedIn(Rc<str>),
    /// After a sign-out: the tokens were not revoked, so they may be valid until they expire.
    TokensNotRevoked,
}

/// The next step if there is no session to restore, with the name of the person who was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithoutSession {
    SignedOut(Option<Rc<str>>),
    /// The person wants to sign in.
    SignIn(Option<Rc<str>>),
    /// The sign-in server may still know the browser, and can tell without a page of its own.
    SignInSilently(Rc<str>),
}

#[derive(Debug)]
pub enum Event {
    /// The page was opened, and its address held no authorization response.
    Opened {
        mode: OauthMode,
        pending_session: Option<PendingSession>,
        remembered: Option<RememberedUser>,
        /// The address of the page.
        return_to: ReturnPath,
    },
    /// The person wants to sign in.
    SignIn { return_to: ReturnPath },
    /// The browser did not open a second window.
    WindowBlocked { return_to: ReturnPath },
    /// The browser cannot leave for the sign-in server.
    RedirectFailed(SignInError),
    /// The person did not leave the page, or came back to it with the browser's Back button.
    RedirectCancelled,
    /// The sign-in server sent the browser back.
    ResponseReceived {
        response: AuthorizationResponse,
        /// The attempt of this tab that the response belongs to.
        attempt: Option<SignInAttempt>,
        config: Rc<OauthConfig>,
        now: Timestamp,
        /// The unsettled state of the session, in case the response was used before.
        pending_session: Option<PendingSession>,
        /// For the same case, and for a silent sign-in that was refused.
        remembered: Option<RememberedUser>,
    },
    /// Our server returned the session of its cookie, if there is one; or no other tab offered one.
    SessionRestored(Option<Credentials>),
    /// The token endpoint answered.
    CodeExchanged(Result<Credentials, SignInError>),
    /// Our server cannot be asked at the moment.
    ServerUnavailable(Rc<ApiError>),
    /// Our server returned the owner of the tokens.
    UserIdentified(Result<Me, ApiError>),
    /// The person has confirmed the identity.
    UserConfirmed,
    /// Our server refuses the tokens, or they have expired.
    TokenRejected,
    /// The person wants to sign out, or denies the identity.
    SignOut {
        /// Whether the browser then leaves for the sign-in server.
        leaves_page: bool,
    },
    /// The person continues without an account, instead of waiting or trying again.
    Abandoned,
    /// The responsible server was asked to end the session.
    SessionEnded {
        server_notified: bool,
        /// Whether the person has to know that tokens may still be valid.
        tokens_remain: bool,
        /// Whether the browser leaves for the sign-in server to end the session there.
        leaves_page: bool,
    },
    /// The person has signed out in another tab.
    SignedOutElsewhere,
    /// A request of another tab for a session to join.
    SessionRequestedElsewhere,
    /// The session of another tab, after a sign-in or a renewal of its tokens.
    SignedInElsewhere {
        user_id: Uuid,
        credentials: Credentials,
    },
}

#[derive(Debug, PartialEq)]
pub enum Command {
    /// Start an attempt and leave for the sign-in server, which shows no page if it is silent.
    Redirect {
        return_to: ReturnPath,
        silent: bool,
    },
    /// Open a second window for the sign-in, because this page must stay as it is.
    OpenWindow {
        return_to: ReturnPath,
    },
    /// Ask our server for the session of its cookie until it answers.
    RestoreSession,
    ExchangeCode(CheckedResponse),
    /// Ask our server for the owner of the tokens until it answers.
    IdentifyUser(Credentials),
    /// Store the unsettled state of the session, so that it outlives the page.
    StorePendingSession(Option<PendingSession>),
    /// Ask the other tabs for a session to join.
    RequestSessionFromTabs,
    /// Give the other tabs time to answer.
    WaitForTabs,
    /// Remember in this browser who is signed in.
    RememberUser(Rc<Me>),
    ForgetUser,
    /// Send the tokens to the other tabs.
    ShareTokens {
        user_id: Uuid,
        credentials: Credentials,
    },
    /// Move the tokens of another tab into the credentials that all components use.
    AdoptTokens {
        into: Credentials,
        from: Credentials,
    },
    /// Tell the other tabs of the sign-out.
    AnnounceSignOut,
    ForgetTokens(Credentials),
    /// Forget the tokens and revoke them.
    RevokeTokens(Credentials),
    /// Forget and revoke the tokens, then end the session of the sign-in server.
    EndSession(Credentials),
    /// Ask our server to end the session of its cookie, after an earlier sign-out did not reach it.
    FinishSignOut,
}

pub type Transition = (State, Vec<Command>);

impl Default for State {
    fn default() -> Self {
        Self::SignedOut {
            return_to: ReturnPath::default(),
            may_join: false,
            notice: None,
        }
    }
}

impl State {
    /// The credentials for requests, once our server has accepted them.
    pub fn credentials(&self) -> Option<&Credentials> {
        match self {
            Self::SignedIn { credentials, .. } | Self::Expired { credentials, .. } => {
                Some(credentials)
            }
            _ => None,
        }
    }

    pub fn signed_out_notice(&self) -> Option<&SignedOutNotice> {
        match self {
            Self::SignedOut { notice, .. } => notice.as_ref(),
            _ => None,
        }
    }

    /// The person who is signed in, or was until the session expired.
    pub fn me(&self) -> Option<&Rc<Me>> {
        match self {
            Self::SignedIn { me, .. } | Self::Expired { me, .. } => Some(me),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
