//! Transitions that end a session.

use crate::auth::flow::{Command, SignedOutNotice, State, Transition};
use crate::auth::pending_session::PendingSession;

impl State {
    pub(super) fn token_rejected(self) -> Transition {
        match self {
            Self::SignedIn {
                me, credentials, ..
            } => {
                // Further requests fail at once instead of asking our server in vain.
                let commands = vec![Command::ForgetTokens(credentials.clone())];
                (Self::Expired { me, credentials }, commands)
            }
            // While the person is identified, the response itself follows and says more.
            other => other.unchanged(),
        }
    }

    pub(super) fn sign_out(self, leaves_page: bool) -> Transition {
        let store = Command::StorePendingSession(Some(PendingSession::SigningOut));
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. } => {
                let end = Command::EndSession(credentials);
                let state = if leaves_page {
                    Self::SigningOut
                } else {
                    Self::default()
                };
                let commands = vec![Command::AnnounceSignOut, store, Command::ForgetUser, end];
                (state, commands)
            }
            // Denying the identity must not sign out the person who uses the other tabs.
            Self::Confirming { credentials, .. } => {
                let revoke = Command::RevokeTokens(credentials);
                (Self::default(), vec![store, revoke])
            }
            other => other.unchanged(),
        }
    }

    /// Ends what the person does not want to wait for any longer. Tokens that arrive afterwards are
    /// revoked.
    pub(super) fn abandoned(self) -> Transition {
        let end = match self {
            Self::Exchanging { .. } => None,
            Self::Restoring { .. } => Some(Command::FinishSignOut),
            Self::Identifying { credentials, .. } => Some(Command::RevokeTokens(credentials)),
            Self::Failed(_) => return Self::default().unchanged(),
            other => return other.unchanged(),
        };
        let mut commands = vec![
            Command::AnnounceSignOut,
            Command::StorePendingSession(Some(PendingSession::SigningOut)),
            Command::ForgetUser,
        ];
        commands.extend(end);
        (Self::default(), commands)
    }

    pub(super) fn session_ended(
        self,
        server_notified: bool,
        tokens_remain: bool,
        leaves_page: bool,
    ) -> Transition {
        // A new sign-in may have stored its own pending state by now.
        let signing_in = matches!(
            self,
            Self::Exchanging { .. } | Self::Identifying { .. } | Self::Confirming { .. }
        );
        let clear = (server_notified && !signing_in).then_some(Command::StorePendingSession(None));
        let mut state = match self {
            Self::SigningOut if !leaves_page => Self::default(),
            other => other,
        };
        if let Self::SignedOut { notice, .. } = &mut state
            && tokens_remain
        {
            *notice = Some(SignedOutNotice::TokensNotRevoked);
        }
        (state, clear.into_iter().collect())
    }

    pub(super) fn signed_out_elsewhere(self) -> Transition {
        match self {
            Self::SignedIn { credentials, .. }
            | Self::Expired { credentials, .. }
            | Self::Identifying { credentials, .. }
            | Self::Confirming { credentials, .. } => {
                (Self::default(), vec![Command::RevokeTokens(credentials)])
            }
            Self::Exchanging { .. } | Self::Restoring { .. } | Self::SignedOut { .. } => {
                Self::default().unchanged()
            }
            other => other.unchanged(),
        }
    }
}
