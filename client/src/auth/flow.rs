//! The sign-in as a pure state machine: a state and an event give the next state and what to do.
//!
//! It reads no clock, no storage and no network; [`super::machine`] does, and reports back by events.
//! [`steps`] says what each event does.

mod steps;

use super::attempt::Attempt;
use super::callback::{Accepted, Answer};
use super::mark::Mark;
use super::{Credentials, ReturnPath, SignInError};
use crate::api::ApiError;
use shared::api::{Me, OauthConfig, OauthMode};
use shared::timestamp::Timestamp;
use std::rc::Rc;
use uuid::Uuid;

/// How far the sign-in of this tab is.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Nobody is signed in.
    SignedOut {
        /// Where the callback page goes on to.
        return_to: ReturnPath,
        /// Whether this tab takes part in the sign-in of another one. Not after a sign-out.
        joins: bool,
    },
    /// The browser is on its way to the sign-in server.
    Leaving,
    /// Our server has been asked for the session that it keeps.
    Restoring {
        /// Where the callback page goes on to.
        return_to: ReturnPath,
        /// Whether nobody has said yet that the session is theirs.
        confirm: bool,
        /// Whether the person wants to sign in if there is none.
        wanted: bool,
        /// Why that takes longer.
        trouble: Option<Rc<ApiError>>,
    },
    /// The token endpoint has been asked.
    Exchanging {
        /// Where the person was.
        return_to: ReturnPath,
        /// Whether the person has to say that the answer is theirs.
        confirm: bool,
    },
    /// There is a token; our server has been asked whom it is for.
    Identifying {
        /// Where the person was.
        return_to: ReturnPath,
        /// Not shown to components before our server has accepted them.
        credentials: Credentials,
        /// Whether the person has to say that it is them.
        confirm: bool,
        /// Why that takes longer.
        trouble: Option<Rc<ApiError>>,
    },
    /// The person is asked whether it is them. Nothing is shown or moved before.
    Confirming {
        /// Who it would be.
        me: Rc<Me>,
        /// Not shown to components before the person has confirmed.
        credentials: Credentials,
        /// Where the person was.
        return_to: ReturnPath,
    },
    /// Signed in.
    SignedIn {
        /// As whom.
        me: Rc<Me>,
        /// For requests in their name.
        credentials: Credentials,
        /// Where the callback page goes on to.
        return_to: ReturnPath,
    },
    /// The sign-in has run out. The page stays as it is.
    Expired {
        /// Who it was.
        me: Rc<Me>,
        /// No longer good; whatever is asked with them fails at once, until the person signs in again.
        credentials: Credentials,
    },
    /// Signed out; the tokens are being revoked, and then the browser leaves to end the sign-in server's own session. What is begun
    /// on the page meanwhile would go with it.
    SigningOut,
    /// The attempt failed.
    Failed(Rc<SignInError>),
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The page was opened, and its address holds no answer.
    Opened {
        /// Who keeps the session over a reload.
        mode: OauthMode,
        /// Why the session cannot simply be taken up.
        mark: Option<Mark>,
    },
    /// The person wants to sign in.
    SignIn {
        /// Where they are.
        return_to: ReturnPath,
    },
    /// The browser did not open a second window.
    NoWindow {
        /// Where the person is.
        return_to: ReturnPath,
    },
    /// Leaving for the sign-in server was not possible.
    NotLeft(SignInError),
    /// The browser shows the page as it was left on the way to the sign-in server, or has not left it.
    CameBack,
    /// The sign-in server sent the browser back.
    Returned {
        /// Its answer.
        answer: Answer,
        /// The attempt of this tab that it answers.
        attempt: Option<Attempt>,
        /// The deployment's sign-in settings.
        config: Rc<OauthConfig>,
        /// The time.
        now: Timestamp,
        /// Why the session of an answer that was taken before cannot simply be taken up.
        mark: Option<Mark>,
    },
    /// Our server answered what session it keeps, if any.
    Restored(Option<Credentials>),
    /// The token endpoint answered.
    Exchanged(Result<Credentials, SignInError>),
    /// Our server cannot be asked at the moment.
    Trouble(Rc<ApiError>),
    /// Our server answered.
    Identified(Result<Me, ApiError>),
    /// The person says that it is them.
    Confirmed,
    /// Our server, or the clock, says that the token is no longer good.
    Rejected,
    /// The person wants to sign out, or says that it is not them.
    SignOut {
        /// Whether the sign-in server has an address at which its own session ends.
        leaves: bool,
    },
    /// Ending the session at the servers has come to this.
    SessionEnded {
        /// A server has heard of it.
        heard: bool,
        /// The browser goes on to the sign-in server, to end its own session.
        leaving: bool,
    },
    /// They did so in another tab.
    SignedOutElsewhere,
    /// Another tab asks whether somebody is signed in.
    WantedElsewhere,
    /// Another tab has signed in or renewed its tokens.
    SignedInElsewhere {
        /// Who.
        user_id: Uuid,
        /// With the tokens of that tab.
        credentials: Credentials,
    },
}

/// What to do.
#[derive(Debug, PartialEq)]
pub enum Command {
    /// Start an attempt and leave for the sign-in server.
    Leave {
        /// Where to come back to.
        return_to: ReturnPath,
    },
    /// Have the person sign in in a second window, because this page must stay as it is.
    OpenWindow {
        /// Where the person is.
        return_to: ReturnPath,
    },
    /// Take the answer out of the address bar and the history.
    CleanAddress,
    /// Ask our server for the session that it keeps, until it answers.
    Restore,
    /// Exchange the code.
    Exchange(Accepted),
    /// Ask our server whom the token is for, until it answers.
    Identify(Credentials),
    /// Remember over a reload how far the sign-in is settled.
    Mark(Option<Mark>),
    /// Ask the other tabs whether somebody is signed in.
    AskTabs,
    /// Give the tokens to the other tabs.
    Share {
        /// Whose they are.
        user_id: Uuid,
        /// Where they are.
        credentials: Credentials,
    },
    /// Put the tokens of one into the other.
    Take {
        /// Known to every component.
        into: Credentials,
        /// From another tab.
        from: Credentials,
    },
    /// Tell the other tabs of the sign-out.
    TellTabs,
    /// Forget the tokens.
    Forget(Credentials),
    /// Forget the tokens and revoke them.
    Revoke(Credentials),
    /// Forget and revoke the tokens, then end the sign-in server's own session.
    EndSession(Credentials),
    /// Have our server end the session that it keeps, which it has not heard of yet.
    FinishSignOut,
}

impl Default for State {
    fn default() -> Self {
        Self::SignedOut {
            return_to: ReturnPath::default(),
            joins: false,
        }
    }
}

impl State {
    /// What requests in the person's name need, once our server has accepted it.
    pub fn credentials(&self) -> Option<&Credentials> {
        match self {
            Self::SignedIn { credentials, .. } | Self::Expired { credentials, .. } => {
                Some(credentials)
            }
            _ => None,
        }
    }

    /// Who is signed in, or was until the sign-in ran out.
    pub fn me(&self) -> Option<&Rc<Me>> {
        match self {
            Self::SignedIn { me, .. } | Self::Expired { me, .. } => Some(me),
            _ => None,
        }
    }

    /// The next state, and what to do.
    #[must_use]
    pub fn next(self, event: Event) -> (Self, Vec<Command>) {
        match event {
            Event::Opened { mode, mark } => Self::opened(mode, mark),
            Event::SignIn { return_to } => self.sign_in(return_to),
            Event::NoWindow { return_to } => Self::leave(return_to),
            Event::NotLeft(error) => (Self::Failed(Rc::new(error)), Vec::new()),
            Event::CameBack => self.came_back(),
            Event::Returned {
                answer,
                attempt,
                config,
                now,
                mark,
            } => Self::returned(answer, attempt, &config, now, mark),
            Event::Restored(found) => self.restored(found),
            Event::Exchanged(result) => self.exchanged(result),
            Event::Trouble(error) => self.with_trouble(error),
            Event::Identified(result) => self.identified(result),
            Event::Confirmed => self.confirmed(),
            Event::Rejected => self.rejected(),
            Event::SignOut { leaves } => self.sign_out(leaves),
            Event::SessionEnded { heard, leaving } => self.session_ended(heard, leaving),
            Event::SignedOutElsewhere => self.signed_out_elsewhere(),
            Event::WantedElsewhere => self.wanted_elsewhere(),
            Event::SignedInElsewhere {
                user_id,
                credentials,
            } => self.signed_in_elsewhere(user_id, credentials),
        }
    }
}

#[cfg(test)]
mod tests;
