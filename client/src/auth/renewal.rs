//! Renews tokens, once for all tabs: a careful server ends the session when a refresh token is used
//! twice.

use super::credentials::Credentials;
use super::tab_messages::{self, Message};
use super::tokens::{RenewalMethod, Tokens};
use super::{SignInError, server_session, token_endpoint};
use crate::api::AuthorisedApi;
use crate::browser::broadcast::Channel;
use crate::browser::lock;
use shared::api::OauthConfig;
use std::rc::Rc;
use uuid::Uuid;

const LOCK: &str = "gnc-renewal";

pub(super) struct TokenRenewer {
    pub(super) config: Rc<OauthConfig>,
    pub(super) tabs: Rc<Channel>,
    /// The person who is signed in. `None` while our server is still asked.
    pub(super) user_id: Option<Uuid>,
}

impl TokenRenewer {
    /// Renews these credentials unless another tab renews them at the same time.
    pub(super) async fn renew(self, credentials: Credentials) -> Result<(), SignInError> {
        let Some(old) = credentials.tokens() else {
            return Ok(());
        };
        let _guard = lock::acquire(LOCK).await;
        // Receives the tokens of the tab that held the lock before.
        self.tabs.settle().await;
        let Some(method) = credentials.renewal_method_of(&old) else {
            return Ok(());
        };
        let tokens = old.renewed_by(self.request_tokens(&method).await?);
        if credentials.store_renewed(tokens.clone())
            && let Some(user_id) = self.user_id
        {
            tab_messages::send(&self.tabs, &Message::SignedIn { user_id, tokens });
            // The message must be on its way before the lock is released.
            self.tabs.settle().await;
        }
        Ok(())
    }

    async fn request_tokens(&self, method: &RenewalMethod) -> Result<Tokens, SignInError> {
        match method {
            RenewalMethod::SignIn => Err(SignInError::Incomplete),
            RenewalMethod::RefreshToken(token) => {
                token_endpoint::refresh(&self.config, token).await
            }
            RenewalMethod::Cookie => {
                let tokens = server_session::refresh().await;
                let tokens = tokens.map_err(server_session::sign_in_error)?;
                let tokens = tokens.ok_or(SignInError::Incomplete)?;
                self.verify_owner(&tokens).await?;
                Ok(tokens)
            }
        }
    }

    /// Fails if the cookie belongs to another person by now, who has signed in in another tab. Its
    /// tokens must not act for the person whose name this tab shows.
    async fn verify_owner(&self, tokens: &Tokens) -> Result<(), SignInError> {
        let Some(user_id) = self.user_id else {
            return Ok(());
        };
        let api = AuthorisedApi::new(Credentials::fixed(tokens.clone()));
        let me = api.me().await.map_err(server_session::sign_in_error)?;
        if me.user_id == user_id {
            Ok(())
        } else {
            Err(SignInError::StateUnknown)
        }
    }
}
