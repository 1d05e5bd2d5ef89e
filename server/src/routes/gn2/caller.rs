//! Decides whose list a request is about, and whether its caller may read and change it.
//!
//! An id proves nothing: the list of an account lies under its id as the list of an anonymous
//! visitor lies under theirs. So only GN2 may name the id of a visitor, and it may not be an
//! account's.

use super::body::{Gn2Body, required};
use crate::config::Gn2Client;
use crate::gn2_error::Gn2Error;
use crate::middleware::FromGn2;
use crate::routes::request::SignedIn;
use crate::state::AppState;
use crate::store::ActorKind;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The sender of a request.
pub(super) struct Caller {
    /// `None` without a token.
    pub(super) user: Option<SignedIn>,
    is_gn2: bool,
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Gn2Error;

    /// Strangers without a token are refused before their body is read.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Gn2Error> {
        let is_gn2 = parts.extensions.get() == Some(&FromGn2(true));
        let user =
            <SignedIn as OptionalFromRequestParts<AppState>>::from_request_parts(parts, state);
        let caller = Self {
            user: user.await?,
            is_gn2,
        };
        if caller.user.is_none() {
            caller.check_address()?;
        }
        Ok(caller)
    }
}

impl Caller {
    /// Returns who acts, for the audit stream: the token decides, not the body.
    pub(super) fn actor(&self) -> ActorKind {
        match self.user {
            Some(_) => ActorKind::Person,
            None => ActorKind::Anonymous,
        }
    }

    /// Returns the owner of the list that a `POST` is about: the account of the token, or without
    /// one the anonymous visitor that the body names.
    pub(super) async fn owner(&self, state: &AppState, body: &Gn2Body) -> Result<Uuid, Gn2Error> {
        if let Some(user) = &self.user {
            return Ok(user.user_id);
        }
        let settings = state.config.gn2.as_ref();
        if let Some(client) = settings.and_then(|settings| settings.client.as_ref()) {
            check_client(client, body)?;
        }
        self.visitor(state, body.anon_id).await
    }

    /// Returns the anonymous visitor that the body names. GN2 sends no secret with a token.
    pub(super) async fn visitor(
        &self,
        state: &AppState,
        anon_id: Option<Uuid>,
    ) -> Result<Uuid, Gn2Error> {
        self.check_address()?;
        let visitor = required(anon_id, "anon_id")?;
        let user = self.user.as_ref().map(|user| user.user_id);
        if user == Some(visitor) || state.store.is_known_account(visitor).await? {
            return Err(Gn2Error::AccountId);
        }
        Ok(visitor)
    }

    fn check_address(&self) -> Result<(), Gn2Error> {
        if self.is_gn2 {
            return Ok(());
        }
        // Most likely a setting is wrong, or a proxy does not pass addresses on.
        tracing::warn!(
            "anonymous collections of GN2 were asked for from outside GNC_GN2_ADDRESSES"
        );
        Err(Gn2Error::ForeignAddress)
    }
}

fn check_client(client: &Gn2Client, body: &Gn2Body) -> Result<(), Gn2Error> {
    let secret = body.client_secret.as_ref().map(ExposeSecret::expose_secret);
    let has_id = is_equal(body.client_id.as_deref(), &client.id);
    let has_secret = is_equal(secret, client.secret.expose_secret());
    if has_id & has_secret {
        return Ok(());
    }
    tracing::warn!("a request without GNC_GN2_CLIENT_ID and GNC_GN2_CLIENT_SECRET was refused");
    Err(Gn2Error::WrongClient)
}

/// Compares in constant time. The hashes have the same length, whatever was sent.
fn is_equal(sent: Option<&str>, expected: &str) -> bool {
    let [sent, expected] = [sent.unwrap_or_default(), expected].map(Sha256::digest);
    sent.ct_eq(&expected).into()
}
