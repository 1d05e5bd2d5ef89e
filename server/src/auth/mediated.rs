//! Sign-in by our server, for auth servers that only know confidential clients.
//!
//! The page brings the authorization code and its verifier; the secret is added here. What is needed to
//! keep the session over a reload is in a cookie that only we can read and only our own page can send.
//!
//! - [`same_origin`]: requests of our own page, and of no other
//! - [`grant`]: what the token endpoint issued
//! - [`session`]: the cookie
//! - [`renewals`]: one renewal for all tabs, because a rotated refresh token is good once
//! - [`error`]: what can go wrong

mod error;
mod grant;
mod renewals;
pub mod same_origin;
mod session;

pub use error::MediationError;
pub use grant::Grant;
pub use session::{Session, SessionCookie};

use super::client::AuthServerClient;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator};
use crate::config::Mediation;
use crate::service::clock::now;
use renewals::Renewals;
use shared::api::{ExchangeRequest, Revocation};
use std::sync::Arc;
use url::Url;

/// Exchanges codes, renews and ends sessions.
pub struct Mediator {
    client: AuthServerClient,
    validator: Arc<dyn TokenValidator>,
    redirect_uri: Url,
    renewals: Renewals,
    /// Seals and opens the session cookie.
    pub cookie: SessionCookie,
}

impl Mediator {
    /// Mediates for the client that `client` authenticates.
    pub fn new(
        client: AuthServerClient,
        validator: Arc<dyn TokenValidator>,
        mediation: &Mediation,
        public_url: &Url,
        redirect_uri: Url,
    ) -> Self {
        let cookie = SessionCookie::new(&mediation.cookie_secret, client.id(), public_url);
        Self {
            client,
            validator,
            redirect_uri,
            renewals: Renewals::default(),
            cookie,
        }
    }

    /// Exchanges a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). A server that ignores PKCE
    /// ignores the verifier.
    ///
    /// # Errors
    /// [`MediationError::Refused`] for a code that is wrong, used or too old.
    pub async fn exchange(&self, request: &ExchangeRequest) -> Result<Grant, MediationError> {
        if request.redirect_uri != self.redirect_uri.as_str() {
            return Err(MediationError::OtherRedirectUri);
        }
        let form = [
            ("grant_type", "authorization_code"),
            ("code", request.code.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", request.code_verifier.as_str()),
        ];
        self.ask(&form).await
    }

    /// A fresh access token for a session; `None` when the session is over by the clock.
    ///
    /// # Errors
    /// [`MediationError::Refused`] when the auth server has ended it.
    pub async fn refresh(&self, session: &Session) -> Result<Option<Grant>, MediationError> {
        match session {
            Session::Renewable { refresh_token } => {
                let form = [
                    ("grant_type", "refresh_token"),
                    ("refresh_token", refresh_token.as_str()),
                ];
                let renew = async {
                    let grant = self.ask(&form).await?;
                    Ok(grant.or_refreshed_by(refresh_token))
                };
                self.renewals.once(refresh_token, renew).await.map(Some)
            }
            Session::Kept(grant) if grant.is_over(now().unix()) => Ok(None),
            Session::Kept(grant) => {
                // Handing out a token that is refused everywhere would have the page ask again and again.
                match self.validator.validate(&grant.bearer()).await {
                    Err(AuthError::Rejected | AuthError::Expired) => Err(MediationError::Refused),
                    _ => Ok(Some(grant.clone())),
                }
            }
        }
    }

    /// Ends a session: its refresh token and the page's access token are revoked where the auth server
    /// can (RFC 7009). What was remembered of them here is forgotten in any case.
    pub async fn sign_out(
        &self,
        session: Option<&Session>,
        presented: Option<&BearerToken>,
    ) -> Revocation {
        let kept = match session {
            Some(Session::Kept(grant)) => Some(grant.bearer()),
            _ => None,
        };
        let refresh_token = match session {
            Some(Session::Renewable { refresh_token }) => Some(refresh_token.as_str()),
            _ => None,
        };
        if let Some(refresh_token) = refresh_token {
            self.renewals.forget(refresh_token).await;
        }
        let access = presented.or(kept.as_ref());
        if let Some(token) = access {
            self.validator.forget(token).await;
        }
        let tokens = [
            (refresh_token, "refresh_token"),
            (access.map(BearerToken::expose), "access_token"),
        ];
        let mut outcome = Revocation::Done;
        for (token, hint) in tokens {
            let Some(token) = token else { continue };
            match self.client.revoke(token, hint).await {
                Ok(true) => {}
                Ok(false) => return Revocation::Unsupported,
                Err(_) => outcome = Revocation::Failed,
            }
        }
        outcome
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Result<Grant, MediationError> {
        let answer = self.client.token(form).await?;
        if answer.status.is_success() {
            Grant::read(&answer.body, now().unix())
        } else {
            Err(MediationError::from_refusal(&answer))
        }
    }
}
