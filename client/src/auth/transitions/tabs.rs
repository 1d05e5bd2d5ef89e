//! Transitions that share a session between tabs. All tabs of a person use the same tokens.

use crate::auth::confirmation::Confirmation;
use crate::auth::flow::{Command, SessionSource, State, Transition};
use crate::auth::{Credentials, ReturnPath};
use uuid::Uuid;

impl State {
    pub(super) fn session_requested_elsewhere(self) -> Transition {
        let share = match &self {
            Self::SignedIn {
                me, credentials, ..
            } => Some(Command::ShareTokens {
                user_id: me.user_id,
                credentials: credentials.clone(),
            }),
            _ => None,
        };
        (self, share.into_iter().collect())
    }

    pub(super) fn signed_in_elsewhere(self, user_id: Uuid, offered: Credentials) -> Transition {
        let (me, credentials, return_to) = match self {
            Self::SignedOut {
                return_to,
                may_join: true,
                ..
            }
            | Self::Restoring {
                return_to,
                source: SessionSource::OtherTabs,
                ..
            } => {
                return Self::identify(offered, return_to, Confirmation::NotNeeded, false);
            }
            Self::SignedIn {
                me,
                credentials,
                return_to,
            } if me.user_id == user_id => (me, credentials, return_to),
            Self::Expired { me, credentials } if me.user_id == user_id => {
                (me, credentials, ReturnPath::default())
            }
            other => return other.unchanged(),
        };
        let adopt = Command::AdoptTokens {
            into: credentials.clone(),
            from: offered,
        };
        let signed_in = Self::SignedIn {
            me,
            credentials,
            return_to,
        };
        (signed_in, vec![adopt])
    }
}
