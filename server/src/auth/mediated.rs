//! Sign-in by this server, as a public client or with the client's secret.
//!
//! The page sends the authorization code and its verifier, and this server exchanges them. The
//! session survives a reload in a cookie that only this server can read and only its own page can
//! send.
//!
//! - [`grant`]: the tokens that the token endpoint issued
//! - [`session`]: the tokens of a session, and when it ends; [`cookie`]: where it is kept
//! - [`renewals`]: one renewal for all tabs, because a rotated refresh token is valid once
//! - [`error`]: errors of a mediated sign-in

mod cookie;
mod error;
mod grant;
mod renewals;
mod session;

pub use cookie::SessionCookie;
pub use error::MediationError;
pub use session::{IssuedSession, MediatedSession};

use super::client::AuthServerClient;
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator};
use crate::clock::WallClock;
use crate::config::{Mediation, SessionLimits};
use axum::Json;
use axum::response::{IntoResponse, Response};
use grant::Grant;
use renewals::Renewals;
use session::SessionTimes;
use shared::api::{ExchangeRequest, Revocation};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How long a page waits for the revocation of the tokens of a session that is over.
const REVOCATION_PATIENCE: Duration = Duration::from_secs(2);

/// Exchanges codes, renews sessions and ends them.
pub struct Mediator {
    client: AuthServerClient,
    validator: Arc<dyn TokenValidator>,
    redirect_uri: Url,
    renewals: Renewals,
    limits: SessionLimits,
    clock: WallClock,
    pub cookie: SessionCookie,
}

impl Mediator {
    pub fn new(
        client: AuthServerClient,
        validator: Arc<dyn TokenValidator>,
        mediation: &Mediation,
        public_url: &Url,
        redirect_uri: Url,
        clock: WallClock,
    ) -> Self {
        let cookie = SessionCookie::new(mediation, client.id(), public_url);
        Self {
            client,
            validator,
            redirect_uri,
            renewals: Renewals::default(),
            limits: mediation.limits,
            clock,
            cookie,
        }
    }

    /// Exchanges an authorization code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). Servers
    /// without PKCE ignore the verifier.
    pub async fn exchange(
        &self,
        request: &ExchangeRequest,
    ) -> Result<IssuedSession, MediationError> {
        if request.redirect_uri != self.redirect_uri.as_str() {
            return Err(MediationError::RedirectUriMismatch);
        }
        if !is_verifier(&request.code_verifier) {
            return Err(MediationError::InvalidVerifier);
        }
        let form = [
            ("grant_type", "authorization_code"),
            ("code", request.code.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", request.code_verifier.as_str()),
        ];
        let grant = self.ask(&form).await?;
        let times = SessionTimes::start(self.clock.now());
        Ok(IssuedSession { grant, times })
    }

    /// Returns a fresh access token, or `None` when the session is over.
    pub async fn refresh(
        &self,
        session: &MediatedSession,
    ) -> Result<Option<IssuedSession>, MediationError> {
        let now = self.clock.now();
        if session.times.is_over(self.limits, now) {
            // Tokens may outlive the session. Their revocation must not delay the page for long.
            let revocation = self.sign_out(Some(session), None);
            let _ = tokio::time::timeout(REVOCATION_PATIENCE, revocation).await;
            return Ok(None);
        }
        let grant = match session.refresh_token() {
            Some(refresh_token) => match self.renew(refresh_token).await {
                Ok(grant) => Some(grant),
                // The access token may still be valid. The refresh token is dropped.
                Err(MediationError::GrantRefused) => self.stored_grant(session, now).await?,
                Err(error) => return Err(error),
            },
            None => self.stored_grant(session, now).await?,
        };
        let times = session.times.used(now);
        Ok(grant.map(|grant| IssuedSession { grant, times }))
    }

    async fn renew(&self, refresh_token: &str) -> Result<Grant, MediationError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
        ];
        let renew = async {
            let grant = self.ask(&form).await?;
            Ok(grant.with_fallback_refresh_token(refresh_token))
        };
        self.renewals.renew_once(refresh_token, renew).await
    }

    /// Returns the access token of the session, or `None` when it has expired.
    async fn stored_grant(
        &self,
        session: &MediatedSession,
        now: i64,
    ) -> Result<Option<Grant>, MediationError> {
        let grant = session.grant().ok_or(MediationError::GrantRefused)?;
        if grant.is_expired(now) {
            return Ok(None);
        }
        self.note_expiry(grant).await;
        // The page would retry endlessly with a token that is refused everywhere.
        match self.validator.validate(&grant.bearer()).await {
            Err(AuthError::Rejected | AuthError::Expired) => Err(MediationError::GrantRefused),
            _ => Ok(Some(grant.clone().without_refresh_token())),
        }
    }

    /// The response that gives the page its token and stores the session in the cookie.
    pub fn respond(&self, session: &IssuedSession) -> Response {
        let now = self.clock.now();
        let body = Json(session.to_wire(self.limits, now));
        (self.cookie.keep(session, now), body).into_response()
    }

    /// Ends a session and revokes its tokens where the auth server supports it (RFC 7009). This
    /// server forgets the tokens in any case.
    pub async fn sign_out(
        &self,
        session: Option<&MediatedSession>,
        presented: Option<&BearerToken>,
    ) -> Revocation {
        let stored_token = session.and_then(MediatedSession::grant).map(Grant::bearer);
        let refresh_token = session.and_then(MediatedSession::refresh_token);
        if let Some(refresh_token) = refresh_token {
            self.renewals.forget(refresh_token).await;
        }
        let access = presented.or(stored_token.as_ref());
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
        let response = self.client.token(form).await?;
        if response.status.is_success() {
            let grant = Grant::read(&response.body, self.clock.now())?;
            self.note_expiry(&grant).await;
            Ok(grant)
        } else {
            Err(MediationError::from_refusal(&response))
        }
    }

    async fn note_expiry(&self, grant: &Grant) {
        if let Some(at) = grant.expires_at {
            self.validator.note_expiry(&grant.bearer(), at).await;
        }
    }
}

/// Whether the text is a code verifier of RFC 7636, section 4.1. Shorter ones can be guessed.
fn is_verifier(text: &str) -> bool {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved)
}
