//! The transitions of the sign-in: the next state and the commands for each event.
//!
//! This file holds the way from a click to being signed in; [`resume`] resumes a session,
//! [`sign_out`] ends one, and [`tabs`] shares one between tabs.

mod resume;
mod sign_out;
mod tabs;

use super::authorization_response::AuthorizationResponse;
use super::confirmation::Confirmation;
use super::flow::{Command, Event, SignedOutNotice, State, Transition, WithoutSession};
use super::pending_session::PendingSession;
use super::remembered_user::RememberedUser;
use super::sign_in_attempt::SignInAttempt;
use super::{Credentials, ReturnPath, SignInError};
use crate::api::ApiError;
use shared::api::{Me, OauthConfig};
use shared::timestamp::Timestamp;
use std::rc::Rc;

impl State {
    /// Returns the next state and the commands to execute.
    #[must_use]
    pub fn next(self, event: Event) -> Transition {
        match event {
            Event::Opened {
                mode,
                pending_session,
                remembered,
                return_to,
            } => Self::opened(mode, pending_session, remembered, return_to),
            Event::SignIn { return_to } => self.sign_in(return_to),
            Event::WindowBlocked { return_to } => Self::redirect(return_to, None),
            Event::RedirectFailed(error) => Self::failed(error),
            Event::RedirectCancelled => self.redirect_cancelled(),
            Event::ResponseReceived {
                response,
                attempt,
                config,
                now,
                pending_session,
                remembered,
            } => Self::response_received(
                response,
                attempt,
                &config,
                now,
                pending_session,
                remembered,
            ),
            Event::SessionRestored(credentials) => self.session_restored(credentials),
            Event::CodeExchanged(result) => self.code_exchanged(result),
            Event::ServerUnavailable(error) => self.server_unavailable(error),
            Event::UserIdentified(result) => self.user_identified(result),
            Event::UserConfirmed => self.user_confirmed(),
            Event::TokenRejected => self.token_rejected(),
            Event::SignOut { leaves_page } => self.sign_out(leaves_page),
            Event::Abandoned => self.abandoned(),
            Event::SessionEnded {
                server_notified,
                tokens_remain,
                leaves_page,
            } => self.session_ended(server_notified, tokens_remain, leaves_page),
            Event::SignedOutElsewhere => self.signed_out_elsewhere(),
            Event::SessionRequestedElsewhere => self.session_requested_elsewhere(),
            Event::SignedInElsewhere {
                user_id,
                credentials,
            } => self.signed_in_elsewhere(user_id, credentials),
        }
    }

    fn unchanged(self) -> Transition {
        (self, Vec::new())
    }

    fn failed(error: SignInError) -> Transition {
        Self::Failed(Rc::new(error)).unchanged()
    }

    fn sign_in(self, return_to: ReturnPath) -> Transition {
        match self {
            Self::SignedOut { notice, .. } => {
                let remembered = match notice {
                    Some(SignedOutNotice::WasSignedIn(name)) => Some(name),
                    _ => None,
                };
                Self::redirect(return_to, remembered)
            }
            Self::Failed(_) => Self::redirect(return_to, None),
            // The page must not be left, because its content would be lost.
            Self::Expired { .. } => (self, vec![Command::OpenWindow { return_to }]),
            // A click before it is known whether there is a session.
            Self::Restoring {
                source,
                confirmation,
                last_error,
                without_session,
                ..
            } => Self::Restoring {
                source,
                return_to,
                confirmation,
                without_session: match without_session {
                    WithoutSession::SignInSilently(name) => WithoutSession::SignIn(Some(name)),
                    WithoutSession::SignedOut(name) | WithoutSession::SignIn(name) => {
                        WithoutSession::SignIn(name)
                    }
                },
                last_error,
            }
            .unchanged(),
            // A second click.
            busy => busy.unchanged(),
        }
    }

    fn redirect(return_to: ReturnPath, remembered: Option<Rc<str>>) -> Transition {
        let silent = false;
        let redirect = Command::Redirect { return_to, silent };
        (Self::Redirecting { remembered }, vec![redirect])
    }

    fn redirect_cancelled(self) -> Transition {
        match self {
            Self::Redirecting { remembered } => {
                Self::signed_out(ReturnPath::default(), remembered).unchanged()
            }
            Self::SigningOut => Self::default().unchanged(),
            other => other.unchanged(),
        }
    }

    fn response_received(
        response: AuthorizationResponse,
        attempt: Option<SignInAttempt>,
        config: &OauthConfig,
        now: Timestamp,
        pending_session: Option<PendingSession>,
        remembered: Option<RememberedUser>,
    ) -> Transition {
        let used = attempt
            .as_ref()
            .filter(|attempt| attempt.verifier.is_none() && !attempt.is_expired(now));
        if let Some(used) = used {
            // A repeated response, after a reload or a double click. It is refused like any used
            // `state`, but without an error message.
            let return_to = used.return_to.clone();
            return Self::resume(config.mode, pending_session, remembered, return_to);
        }
        let silent_return_path = attempt
            .as_ref()
            .filter(|attempt| attempt.silent)
            .map(|attempt| attempt.return_to.clone());
        match (response.check(attempt, config, now), silent_return_path) {
            (Ok(checked), _) => {
                let (confirmation, pending) = if checked.needs_confirmation {
                    (Confirmation::Needed, Some(PendingSession::Unconfirmed))
                } else {
                    (Confirmation::NotNeeded, None)
                };
                let exchanging = Self::Exchanging {
                    return_to: checked.return_to.clone(),
                    confirmation,
                };
                let store = Command::StorePendingSession(pending);
                (exchanging, vec![store, Command::ExchangeCode(checked)])
            }
            // The sign-in server would have to ask the person, who has not clicked.
            (Err(SignInError::Refused { .. } | SignInError::Denied), Some(return_to)) => {
                Self::signed_out(return_to, remembered.map(|user| user.name)).unchanged()
            }
            (Err(error), _) => Self::failed(error),
        }
    }

    fn code_exchanged(self, result: Result<Credentials, SignInError>) -> Transition {
        match (self, result) {
            (
                Self::Exchanging {
                    return_to,
                    confirmation,
                },
                Ok(credentials),
            ) => Self::identify(credentials, return_to, confirmation, true),
            (Self::Exchanging { .. }, Err(error)) => Self::failed(error),
            (other, result) => other.revoke_unused(result.ok()),
        }
    }

    fn identify(
        credentials: Credentials,
        return_to: ReturnPath,
        confirmation: Confirmation,
        is_new: bool,
    ) -> Transition {
        let identifying = Self::Identifying {
            return_to,
            credentials: credentials.clone(),
            confirmation,
            is_new,
            last_error: None,
        };
        (identifying, vec![Command::IdentifyUser(credentials)])
    }

    /// The person signed out in the meantime, so new tokens must not stay valid.
    fn revoke_unused(self, credentials: Option<Credentials>) -> Transition {
        let revoke = credentials.map(Command::RevokeTokens);
        (self, revoke.into_iter().collect())
    }

    fn server_unavailable(mut self, error: Rc<ApiError>) -> Transition {
        if let Self::Identifying { last_error, .. } | Self::Restoring { last_error, .. } = &mut self
        {
            *last_error = Some(error);
        }
        self.unchanged()
    }

    fn user_identified(self, result: Result<Me, ApiError>) -> Transition {
        let Self::Identifying {
            return_to,
            credentials,
            confirmation,
            is_new,
            ..
        } = self
        else {
            return self.unchanged();
        };
        match result.map(Rc::new) {
            Ok(me) if confirmation.is_needed_for(me.user_id) => Self::Confirming {
                me,
                credentials,
                return_to,
            }
            .unchanged(),
            Ok(me) => Self::signed_in(me, credentials, return_to),
            Err(error) => {
                let error = if is_new && error.requires_sign_in() {
                    SignInError::TokenRefused
                } else {
                    SignInError::NotAccepted(error)
                };
                let (failed, _) = Self::failed(error);
                // The session must not survive a reload, even if our server cannot be told now.
                let store = Command::StorePendingSession(Some(PendingSession::SigningOut));
                (failed, vec![store, Command::RevokeTokens(credentials)])
            }
        }
    }

    fn user_confirmed(self) -> Transition {
        match self {
            Self::Confirming {
                me,
                credentials,
                return_to,
            } => {
                let (state, mut commands) = Self::signed_in(me, credentials, return_to);
                commands.push(Command::StorePendingSession(None));
                (state, commands)
            }
            other => other.unchanged(),
        }
    }

    fn signed_in(me: Rc<Me>, credentials: Credentials, return_to: ReturnPath) -> Transition {
        let share = Command::ShareTokens {
            user_id: me.user_id,
            credentials: credentials.clone(),
        };
        let remember = Command::RememberUser(me.clone());
        let signed_in = Self::SignedIn {
            me,
            credentials,
            return_to,
        };
        (signed_in, vec![share, remember])
    }
}
