//! Puts the access token on a request, after renewing it if that is due.

use super::SignInError;
use super::tokens::Tokens;
use crate::api::ApiError;
use crate::browser::clock::now;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use gloo_net::http::RequestBuilder;
use oauth2::RefreshToken;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Asks the token endpoint for new tokens.
pub type Renew = Rc<dyn Fn(RefreshToken) -> LocalBoxFuture<'static, Result<Tokens, SignInError>>>;

type Renewal = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

/// The tokens of one sign-in. Clones share them; they are lent to requests and never shown.
#[derive(Clone)]
pub struct Credentials(Rc<Inner>);

struct Inner {
    tokens: RefCell<Option<Tokens>>,
    renew: Renew,
    renewal: RefCell<Option<Renewal>>,
    rejected: Callback<()>,
}

impl Credentials {
    /// Holds tokens; `rejected` hears when they are no longer good.
    pub fn new(tokens: Tokens, renew: Renew, rejected: Callback<()>) -> Self {
        Self(Rc::new(Inner {
            tokens: RefCell::new(Some(tokens)),
            renew,
            renewal: RefCell::new(None),
            rejected,
        }))
    }

    /// Puts the access token on a request to our server.
    pub(crate) async fn authorise(
        &self,
        builder: RequestBuilder,
    ) -> Result<RequestBuilder, ApiError> {
        self.ensure_fresh().await?;
        let tokens = self.0.tokens.borrow();
        let tokens = tokens.as_ref().ok_or(ApiError::Expired)?;
        Ok(builder.header(
            "Authorization",
            &format!("Bearer {}", tokens.access.secret()),
        ))
    }

    /// Renews the access token if that is due. Everyone who asks meanwhile waits for the same renewal,
    /// because a refresh token that is used twice ends the session at a careful server.
    pub(crate) async fn ensure_fresh(&self) -> Result<(), ApiError> {
        let running = self.0.renewal.borrow().clone();
        if let Some(renewal) = running {
            return renewal.await;
        }
        let refresh = match self.0.tokens.borrow().as_ref() {
            None => return Err(ApiError::Expired),
            Some(tokens) if !tokens.is_due(now()) => return Ok(()),
            Some(tokens) => match &tokens.refresh {
                Some(refresh) => Some(refresh.clone()),
                None if tokens.is_expired(now()) => None,
                None => return Ok(()),
            },
        };
        let Some(refresh) = refresh else {
            self.rejected();
            return Err(ApiError::Expired);
        };
        let renewal = self.clone().renew(refresh).boxed_local().shared();
        self.0.renewal.replace(Some(renewal.clone()));
        // It goes on even if the component that asked first is gone.
        spawn_local(renewal.clone().map(|_| ()));
        renewal.await
    }

    /// Says that our server does not accept the token any more.
    pub(crate) fn rejected(&self) {
        self.0.rejected.emit(());
    }

    /// Takes the tokens out, so that no clone can use them any more.
    pub(crate) fn take(&self) -> Option<Tokens> {
        self.0.tokens.take()
    }

    async fn renew(self, refresh: RefreshToken) -> Result<(), ApiError> {
        let answer = (self.0.renew)(refresh).await;
        self.0.renewal.replace(None);
        match answer {
            Ok(new) => {
                let mut tokens = self.0.tokens.borrow_mut();
                // Signed out meanwhile: then the new tokens must not come back to life here.
                let renewed = tokens.as_ref().map(|old| old.renewed_by(new));
                *tokens = renewed;
                Ok(())
            }
            Err(SignInError::Unreachable) => Err(ApiError::Network),
            Err(_) => {
                self.rejected();
                Err(ApiError::Expired)
            }
        }
    }
}

impl PartialEq for Credentials {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([redacted])")
    }
}
