//! The sign-in as a pure state machine: a state and an event give the next state and what to do.
//!
//! It reads no clock, no storage and no network; [`super::machine`] does, and reports back by events.

use super::attempt::Attempt;
use super::callback::{Accepted, Answer};
use super::{Credentials, ReturnPath, SignInError};
use crate::api::ApiError;
use shared::api::{Me, OauthConfig};
use shared::timestamp::Timestamp;
use std::rc::Rc;

/// How far the sign-in of this tab is.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Nobody is signed in.
    SignedOut {
        /// Where the callback page goes on to.
        return_to: ReturnPath,
    },
    /// The browser is on its way to the sign-in server.
    Leaving,
    /// The token endpoint has been asked.
    Exchanging {
        /// Where the person was.
        return_to: ReturnPath,
    },
    /// There is a token; our server has been asked whom it is for.
    Identifying {
        /// Where the person was.
        return_to: ReturnPath,
        /// Not shown to components before our server has accepted them.
        credentials: Credentials,
        /// Why that takes longer.
        trouble: Option<Rc<ApiError>>,
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
        /// No longer good; whatever is asked with them fails at once.
        credentials: Credentials,
    },
    /// The attempt failed.
    Failed(Rc<SignInError>),
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The person wants to sign in.
    SignIn {
        /// Where they are.
        return_to: ReturnPath,
    },
    /// Leaving for the sign-in server was not possible.
    NotLeft(SignInError),
    /// The person came back from the sign-in server without an answer, by the browser's Back.
    CameBack,
    /// The sign-in server sent the browser back.
    Returned {
        /// Its answer.
        answer: Answer,
        /// The attempt of this tab that the answer names.
        attempt: Option<Attempt>,
        /// The deployment's sign-in settings.
        config: Rc<OauthConfig>,
        /// The time.
        now: Timestamp,
    },
    /// The token endpoint answered.
    Exchanged(Result<Credentials, SignInError>),
    /// Our server cannot be asked at the moment.
    Trouble(Rc<ApiError>),
    /// Our server answered.
    Identified(Result<Me, ApiError>),
    /// Our server, or the clock, says that the token is no longer good.
    Rejected,
    /// The person wants to sign out.
    SignOut,
    /// They did so in another tab.
    SignedOutElsewhere,
}

/// What to do.
#[derive(Debug, PartialEq)]
pub enum Command {
    /// Start an attempt and leave for the sign-in server.
    Leave {
        /// Where to come back to.
        return_to: ReturnPath,
    },
    /// Take the answer out of the address bar and the history.
    CleanAddress,
    /// Exchange the code.
    Exchange(Accepted),
    /// Ask our server whom the token is for, until it answers.
    Identify(Credentials),
    /// Tell the other tabs of the sign-out.
    TellTabs,
    /// Forget the tokens and revoke them.
    Revoke(Credentials),
    /// Forget and revoke the tokens, then end the sign-in server's own session.
    EndSession(Credentials),
}

impl Default for State {
    fn default() -> Self {
        Self::SignedOut {
            return_to: ReturnPath::default(),
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

    /// The next state, and what to do.
    #[must_use]
    pub fn next(self, event: Event) -> (Self, Vec<Command>) {
        match event {
            Event::SignIn { return_to } => self.sign_in(return_to),
            Event::NotLeft(error) => (Self::Failed(Rc::new(error)), Vec::new()),
            Event::CameBack => self.came_back(),
            Event::Returned {
                answer,
                attempt,
                config,
                now,
            } => Self::returned(answer, attempt, &config, now),
            Event::Exchanged(result) => self.exchanged(result),
            Event::Trouble(error) => self.with_trouble(error),
            Event::Identified(result) => self.identified(result),
            Event::Rejected => self.rejected(),
            Event::SignOut => self.sign_out(),
            Event::SignedOutElsewhere => self.signed_out_elsewhere(),
        }
    }

    fn sign_in(self, return_to: ReturnPath) -> (Self, Vec<Command>) {
        match self {
            Self::SignedOut { .. } | Self::Failed(_) | Self::Expired { .. } => {
                (Self::Leaving, vec![Command::Leave { return_to }])
            }
            // A second click.
            busy => (busy, Vec::new()),
        }
    }

    fn came_back(self) -> (Self, Vec<Command>) {
        match self {
            Self::Leaving => (Self::default(), Vec::new()),
            other => (other, Vec::new()),
        }
    }

    fn returned(
        answer: Answer,
        attempt: Option<Attempt>,
        config: &OauthConfig,
        now: Timestamp,
    ) -> (Self, Vec<Command>) {
        let used = attempt
            .as_ref()
            .filter(|attempt| attempt.verifier.is_none() && !attempt.is_expired(now));
        if let Some(used) = used {
            // The same answer a second time, by a reload or a double click. It is refused like any used
            // state, but that is nothing to frighten anybody with.
            let return_to = used.return_to.clone();
            return (Self::SignedOut { return_to }, vec![Command::CleanAddress]);
        }
        match answer.check(attempt, config, now) {
            Ok(accepted) => {
                let return_to = accepted.return_to.clone();
                let commands = vec![Command::CleanAddress, Command::Exchange(accepted)];
                (Self::Exchanging { return_to }, commands)
            }
            Err(error) => (Self::Failed(Rc::new(error)), vec![Command::CleanAddress]),
        }
    }

    fn exchanged(self, result: Result<Credentials, SignInError>) -> (Self, Vec<Command>) {
        match (self, result) {
            (Self::Exchanging { return_to }, Ok(credentials)) => {
                let identifying = Self::Identifying {
                    return_to,
                    credentials: credentials.clone(),
                    trouble: None,
                };
                (identifying, vec![Command::Identify(credentials)])
            }
            (Self::Exchanging { .. }, Err(error)) => (Self::Failed(Rc::new(error)), Vec::new()),
            // Signed out meanwhile: tokens that nobody wants must not stay valid.
            (other, Ok(credentials)) => (other, vec![Command::Revoke(credentials)]),
            (other, Err(_)) => (other, Vec::new()),
        }
    }

    fn with_trouble(self, error: Rc<ApiError>) -> (Self, Vec<Command>) {
        match self {
            Self::Identifying {
                return_to,
                credentials,
                ..
            } => {
                let identifying = Self::Identifying {
                    return_to,
                    credentials,
                    trouble: Some(error),
                };
                (identifying, Vec::new())
            }
            other => (other, Vec::new()),
        }
    }

    fn identified(self, result: Result<Me, ApiError>) -> (Self, Vec<Command>) {
        match (self, result) {
            (
                Self::Identifying {
                    return_to,
                    credentials,
                    ..
                },
                Ok(me),
            ) => {
                let signed_in = Self::SignedIn {
                    me: Rc::new(me),
                    credentials,
                    return_to,
                };
                (signed_in, Vec::new())
            }
            (Self::Identifying { credentials, .. }, Err(error)) => {
                let failed = Self::Failed(Rc::new(SignInError::NotAccepted(error)));
                (failed, vec![Command::Revoke(credentials)])
            }
            (other, _) => (other, Vec::new()),
        }
    }

    fn rejected(self) -> (Self, Vec<Command>) {
        match self {
            Self::SignedIn {
                me, credentials, ..
            } => {
                // So that every further request fails at once instead of asking our server in vain.
                let commands = vec![Command::Revoke(credentials.clone())];
                (Self::Expired { me, credentials }, commands)
            }
            // While identifying, the answer itself follows and says more.
            other => (other, Vec::new()),
        }
    }

    fn sign_out(self) -> (Self, Vec<Command>) {
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. } => {
                let commands = vec![Command::TellTabs, Command::EndSession(credentials)];
                (Self::default(), commands)
            }
            Self::Exchanging { .. } => (Self::default(), vec![Command::TellTabs]),
            other => (other, Vec::new()),
        }
    }

    fn signed_out_elsewhere(self) -> (Self, Vec<Command>) {
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. } => {
                (Self::default(), vec![Command::Revoke(credentials)])
            }
            Self::Exchanging { .. } => (Self::default(), Vec::new()),
            other => (other, Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests;
