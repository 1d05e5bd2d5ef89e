//! Transitions that resume a session when a page is opened: that of our server or of another tab,
//! or the one that the sign-in server still has.

use crate::auth::confirmation::Confirmation;
use crate::auth::flow::{
    Command, SessionSource, SignedOutNotice, State, Transition, WithoutSession,
};
use crate::auth::pending_session::PendingSession;
use crate::auth::remembered_user::RememberedUser;
use crate::auth::{Credentials, ReturnPath};
use shared::api::OauthMode;
use std::rc::Rc;

impl State {
    pub(super) fn opened(
        mode: OauthMode,
        pending_session: Option<PendingSession>,
        remembered: Option<RememberedUser>,
        return_to: ReturnPath,
    ) -> Transition {
        match (mode, pending_session) {
            (OauthMode::Mediated, Some(PendingSession::SigningOut)) => {
                (Self::default(), vec![Command::FinishSignOut])
            }
            _ => Self::resume(mode, pending_session, remembered, return_to),
        }
    }

    pub(super) fn resume(
        mode: OauthMode,
        pending_session: Option<PendingSession>,
        remembered: Option<RememberedUser>,
        return_to: ReturnPath,
    ) -> Transition {
        if mode == OauthMode::Direct && remembered.is_none() {
            let signed_out = Self::signed_out(return_to, None);
            return (signed_out, vec![Command::RequestSessionFromTabs]);
        }
        let confirmation = match (mode, pending_session) {
            (_, Some(PendingSession::Unconfirmed)) => Confirmation::Needed,
            (OauthMode::Mediated, _) => {
                let user_id = remembered.as_ref().map(|user| user.id);
                Confirmation::NeededUnlessRemembered(user_id)
            }
            // Other tabs share only a session that was confirmed.
            (OauthMode::Direct, _) => Confirmation::NotNeeded,
        };
        let without_session = match remembered {
            Some(RememberedUser {
                name,
                sign_in_silently: true,
                ..
            }) => WithoutSession::SignInSilently(name),
            remembered => WithoutSession::SignedOut(remembered.map(|user| user.name)),
        };
        let (source, commands) = match mode {
            OauthMode::Mediated => (SessionSource::Cookie, vec![Command::RestoreSession]),
            OauthMode::Direct => {
                let commands = vec![Command::RequestSessionFromTabs, Command::WaitForTabs];
                (SessionSource::OtherTabs, commands)
            }
        };
        let restoring = Self::Restoring {
            source,
            return_to,
            confirmation,
            without_session,
            last_error: None,
        };
        (restoring, commands)
    }

    pub(super) fn session_restored(self, credentials: Option<Credentials>) -> Transition {
        let Self::Restoring {
            return_to,
            confirmation,
            without_session,
            ..
        } = self
        else {
            return self.revoke_unused(credentials);
        };
        if let Some(credentials) = credentials {
            return Self::identify(credentials, return_to, confirmation, false);
        }
        let (state, mut commands) = match without_session {
            WithoutSession::SignIn(name) => Self::redirect(return_to, name),
            WithoutSession::SignInSilently(name) => {
                let silent = true;
                let redirect = Command::Redirect { return_to, silent };
                let remembered = Some(name);
                (Self::Redirecting { remembered }, vec![redirect])
            }
            WithoutSession::SignedOut(name) => Self::signed_out(return_to, name).unchanged(),
        };
        commands.insert(0, Command::StorePendingSession(None));
        (state, commands)
    }

    /// Signed out, with the name of the person who was signed in before.
    pub(super) fn signed_out(return_to: ReturnPath, remembered: Option<Rc<str>>) -> Self {
        Self::SignedOut {
            return_to,
            may_join: true,
            notice: remembered.map(SignedOutNotice::WasSignedIn),
        }
    }
}
