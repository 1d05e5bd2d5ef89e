//! What each event does to the sign-in.

use super::{Command, State};
use crate::api::ApiError;
use crate::auth::attempt::Attempt;
use crate::auth::callback::Answer;
use crate::auth::mark::Mark;
use crate::auth::{Credentials, ReturnPath, SignInError};
use shared::api::{Me, OauthConfig, OauthMode};
use shared::timestamp::Timestamp;
use std::rc::Rc;
use uuid::Uuid;

type Step = (State, Vec<Command>);

impl State {
    pub(super) fn opened(mode: OauthMode, mark: Option<Mark>) -> Step {
        match (mode, mark) {
            (OauthMode::Mediated, Some(Mark::Ending)) => {
                (Self::default(), vec![Command::FinishSignOut])
            }
            _ => Self::take_up(mode, mark, ReturnPath::default()),
        }
    }

    /// Takes up the session that our server or another tab has.
    fn take_up(mode: OauthMode, mark: Option<Mark>, return_to: ReturnPath) -> Step {
        match mode {
            OauthMode::Mediated => {
                let restoring = Self::Restoring {
                    return_to,
                    confirm: mark == Some(Mark::Unconfirmed),
                    wanted: false,
                    trouble: None,
                };
                (restoring, vec![Command::Restore])
            }
            OauthMode::Direct => {
                let signed_out = Self::SignedOut {
                    return_to,
                    joins: true,
                };
                (signed_out, vec![Command::AskTabs])
            }
        }
    }

    pub(super) fn sign_in(self, return_to: ReturnPath) -> Step {
        match self {
            Self::SignedOut { .. } | Self::Failed(_) => Self::leave(return_to),
            // What is on the page must not be lost, so the page must not be left.
            Self::Expired { .. } => (self, vec![Command::OpenWindow { return_to }]),
            // A click before it is known whether there is a session.
            Self::Restoring {
                confirm, trouble, ..
            } => {
                let restoring = Self::Restoring {
                    return_to,
                    confirm,
                    wanted: true,
                    trouble,
                };
                (restoring, Vec::new())
            }
            // A second click.
            busy => (busy, Vec::new()),
        }
    }

    pub(super) fn leave(return_to: ReturnPath) -> Step {
        (Self::Leaving, vec![Command::Leave { return_to }])
    }

    pub(super) fn came_back(self) -> Step {
        match self {
            Self::Leaving | Self::SigningOut => (Self::default(), Vec::new()),
            other => (other, Vec::new()),
        }
    }

    pub(super) fn returned(
        answer: Answer,
        attempt: Option<Attempt>,
        config: &OauthConfig,
        now: Timestamp,
        mark: Option<Mark>,
    ) -> Step {
        let used = attempt
            .as_ref()
            .filter(|attempt| attempt.verifier.is_none() && !attempt.is_expired(now));
        let (state, mut commands) = if let Some(used) = used {
            // The same answer a second time, by a reload or a double click. It is refused like any used
            // state, but that is nothing to frighten anybody with.
            Self::take_up(config.mode, mark, used.return_to.clone())
        } else {
            match answer.check(attempt, config, now) {
                Ok(accepted) => {
                    let exchanging = Self::Exchanging {
                        return_to: accepted.return_to.clone(),
                        confirm: accepted.confirm,
                    };
                    let mark = accepted.confirm.then_some(Mark::Unconfirmed);
                    (
                        exchanging,
                        vec![Command::Mark(mark), Command::Exchange(accepted)],
                    )
                }
                Err(error) => (Self::Failed(Rc::new(error)), Vec::new()),
            }
        };
        commands.insert(0, Command::CleanAddress);
        (state, commands)
    }

    pub(super) fn restored(self, found: Option<Credentials>) -> Step {
        match (self, found) {
            (
                Self::Restoring {
                    return_to, confirm, ..
                },
                Some(credentials),
            ) => Self::identify(credentials, return_to, confirm),
            (
                Self::Restoring {
                    return_to,
                    wanted: true,
                    ..
                },
                None,
            ) => {
                let (leaving, mut commands) = Self::leave(return_to);
                commands.insert(0, Command::Mark(None));
                (leaving, commands)
            }
            (Self::Restoring { return_to, .. }, None) => {
                let signed_out = Self::SignedOut {
                    return_to,
                    joins: true,
                };
                (signed_out, vec![Command::Mark(None)])
            }
            (other, found) => other.unwanted(found),
        }
    }

    pub(super) fn exchanged(self, result: Result<Credentials, SignInError>) -> Step {
        match (self, result) {
            (Self::Exchanging { return_to, confirm }, Ok(credentials)) => {
                Self::identify(credentials, return_to, confirm)
            }
            (Self::Exchanging { .. }, Err(error)) => (Self::Failed(Rc::new(error)), Vec::new()),
            (other, result) => other.unwanted(result.ok()),
        }
    }

    fn identify(credentials: Credentials, return_to: ReturnPath, confirm: bool) -> Step {
        let identifying = Self::Identifying {
            return_to,
            credentials: credentials.clone(),
            confirm,
            trouble: None,
        };
        (identifying, vec![Command::Identify(credentials)])
    }

    /// Signed out meanwhile: tokens that nobody wants must not stay valid.
    fn unwanted(self, credentials: Option<Credentials>) -> Step {
        let commands = credentials.map(Command::Revoke).into_iter().collect();
        (self, commands)
    }

    pub(super) fn with_trouble(mut self, error: Rc<ApiError>) -> Step {
        if let Self::Identifying { trouble, .. } | Self::Restoring { trouble, .. } = &mut self {
            *trouble = Some(error);
        }
        (self, Vec::new())
    }

    pub(super) fn identified(self, result: Result<Me, ApiError>) -> Step {
        match (self, result) {
            (
                Self::Identifying {
                    return_to,
                    credentials,
                    confirm,
                    ..
                },
                Ok(me),
            ) => {
                let me = Rc::new(me);
                if confirm {
                    let confirming = Self::Confirming {
                        me,
                        credentials,
                        return_to,
                    };
                    (confirming, Vec::new())
                } else {
                    Self::signed_in(me, credentials, return_to)
                }
            }
            (Self::Identifying { credentials, .. }, Err(error)) => {
                let failed = Self::Failed(Rc::new(SignInError::NotAccepted(error)));
                (failed, vec![Command::Revoke(credentials)])
            }
            (other, _) => (other, Vec::new()),
        }
    }

    pub(super) fn confirmed(self) -> Step {
        match self {
            Self::Confirming {
                me,
                credentials,
                return_to,
            } => {
                let (state, mut commands) = Self::signed_in(me, credentials, return_to);
                commands.push(Command::Mark(None));
                (state, commands)
            }
            other => (other, Vec::new()),
        }
    }

    fn signed_in(me: Rc<Me>, credentials: Credentials, return_to: ReturnPath) -> Step {
        let share = Command::Share {
            user_id: me.user_id,
            credentials: credentials.clone(),
        };
        let signed_in = Self::SignedIn {
            me,
            credentials,
            return_to,
        };
        (signed_in, vec![share])
    }

    pub(super) fn rejected(self) -> Step {
        match self {
            Self::SignedIn {
                me, credentials, ..
            } => {
                // So that every further request fails at once instead of asking our server in vain.
                let commands = vec![Command::Forget(credentials.clone())];
                (Self::Expired { me, credentials }, commands)
            }
            // While identifying, the answer itself follows and says more.
            other => (other, Vec::new()),
        }
    }

    pub(super) fn sign_out(self, leaves: bool) -> Step {
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. } => {
                let commands = vec![
                    Command::TellTabs,
                    Command::Mark(Some(Mark::Ending)),
                    Command::EndSession(credentials),
                ];
                let next = if leaves {
                    Self::SigningOut
                } else {
                    Self::default()
                };
                (next, commands)
            }
            // "That is not me" is no sign-out of the person who may be signed in in other tabs.
            Self::Confirming { credentials, .. } => {
                let commands = vec![
                    Command::Mark(Some(Mark::Ending)),
                    Command::Revoke(credentials),
                ];
                (Self::default(), commands)
            }
            Self::Exchanging { .. } | Self::Restoring { .. } => (
                Self::default(),
                vec![Command::TellTabs, Command::Mark(Some(Mark::Ending))],
            ),
            other => (other, Vec::new()),
        }
    }

    pub(super) fn session_ended(self, heard: bool, leaving: bool) -> Step {
        let commands = match self {
            // Another answer may be on its way in, with a mark of its own.
            Self::Exchanging { .. } | Self::Identifying { .. } | Self::Confirming { .. } => {
                Vec::new()
            }
            _ if heard => vec![Command::Mark(None)],
            _ => Vec::new(),
        };
        let next = match self {
            Self::SigningOut if !leaving => Self::default(),
            other => other,
        };
        (next, commands)
    }

    pub(super) fn signed_out_elsewhere(self) -> Step {
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. }
            | Self::Confirming { credentials, .. } => {
                (Self::default(), vec![Command::Revoke(credentials)])
            }
            Self::Exchanging { .. } | Self::Restoring { .. } | Self::SignedOut { .. } => {
                (Self::default(), Vec::new())
            }
            other => (other, Vec::new()),
        }
    }

    pub(super) fn wanted_elsewhere(self) -> Step {
        let commands = match &self {
            Self::SignedIn {
                me, credentials, ..
            } => vec![Command::Share {
                user_id: me.user_id,
                credentials: credentials.clone(),
            }],
            _ => Vec::new(),
        };
        (self, commands)
    }

    /// All tabs of one person use the same tokens; a tab in which nobody has been yet joins in.
    pub(super) fn signed_in_elsewhere(self, user_id: Uuid, offered: Credentials) -> Step {
        match self {
            Self::SignedOut {
                return_to,
                joins: true,
            } => Self::identify(offered, return_to, false),
            Self::SignedIn {
                me,
                credentials,
                return_to,
            } if me.user_id == user_id => {
                let take = Command::Take {
                    into: credentials.clone(),
                    from: offered,
                };
                let signed_in = Self::SignedIn {
                    me,
                    credentials,
                    return_to,
                };
                (signed_in, vec![take])
            }
            Self::Expired { me, credentials } if me.user_id == user_id => {
                let take = Command::Take {
                    into: credentials.clone(),
                    from: offered,
                };
                let signed_in = Self::SignedIn {
                    me,
                    credentials,
                    return_to: ReturnPath::default(),
                };
                (signed_in, vec![take])
            }
            other => (other, Vec::new()),
        }
    }
}
