//! Renews tokens: one renewal for all tabs, because a refresh token that is used twice ends the session at a
//! careful server.

use super::credentials::Credentials;
use super::tabs::{self, Message};
use super::tokens::{Renewal, Tokens};
use super::{SignInError, exchange, mediated};
use crate::api::AuthorisedApi;
use crate::browser::broadcast::Channel;
use crate::browser::lock;
use shared::api::OauthConfig;
use std::rc::Rc;
use uuid::Uuid;

/// The lock that the tab which renews holds.
const LOCK: &str = "gnc-renewal";

/// What a renewal works with.
#[derive(Clone)]
pub(super) struct Renewer {
    pub(super) config: Rc<OauthConfig>,
    pub(super) tabs: Rc<Channel>,
    /// Who is signed in; not known yet while our server is being asked.
    pub(super) user_id: Option<Uuid>,
}

impl Renewer {
    /// Renews these credentials, unless another tab does so at the same time.
    pub(super) async fn renew(self, credentials: Credentials) -> Result<(), SignInError> {
        let Some(stale) = credentials.tokens() else {
            return Ok(());
        };
        let _turn = lock::acquire(LOCK).await;
        // Whatever the tab that had the lock before has said is heard now.
        self.tabs.settle().await;
        let Some(renewal) = credentials.renewal_of(&stale) else {
            return Ok(());
        };
        let new = stale.renewed_by(self.ask(&renewal).await?);
        // Signed out meanwhile: then the new tokens must not come back to life here.
        if credentials.renew_by(new.clone())
            && let Some(user_id) = self.user_id
        {
            let message = Message::SignedIn {
                user_id,
                tokens: new,
            };
            tabs::tell(&self.tabs, &message);
            // The lock is passed on only when this is on its way.
            self.tabs.settle().await;
        }
        Ok(())
    }

    async fn ask(&self, renewal: &Renewal) -> Result<Tokens, SignInError> {
        match renewal {
            Renewal::Never => Err(SignInError::Incomplete),
            Renewal::Token(token) => exchange::refresh(&self.config, token).await,
            Renewal::Cookie => {
                let tokens = mediated::refresh().await;
                let tokens = tokens.map_err(mediated::failure)?;
                let tokens = tokens.ok_or(SignInError::Incomplete)?;
                self.is_the_same_person(&tokens).await?;
                Ok(tokens)
            }
        }
    }

    /// Another person may have signed in in another tab meanwhile: the cookie is then theirs, and must not
    /// act for the one whose name this tab shows.
    async fn is_the_same_person(&self, tokens: &Tokens) -> Result<(), SignInError> {
        let Some(user_id) = self.user_id else {
            return Ok(());
        };
        let api = AuthorisedApi::new(Credentials::fixed(tokens.clone()));
        let me = api.me().await.map_err(mediated::failure)?;
        if me.user_id == user_id {
            Ok(())
        } else {
            Err(SignInError::StateUnknown)
        }
    }
}
