//! Lends the access token to requests, and renews it when that is due.

use super::SignInError;
use super::tokens::{RenewalMethod, TokenFreshness, Tokens};
use crate::api::ApiError;
use crate::browser::clock::server_now;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared, ready};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Renews the tokens of these credentials.
pub type RenewFn = Rc<dyn Fn(Credentials) -> LocalBoxFuture<'static, Result<(), SignInError>>>;

type SharedRenewal = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

/// The tokens of one session. Clones share them.
#[derive(Clone)]
pub struct Credentials(Rc<Inner>);

struct Inner {
    tokens: RefCell<Option<Tokens>>,
    renew: RenewFn,
    current_renewal: RefCell<Option<SharedRenewal>>,
    on_rejected: Callback<()>,
}

impl Credentials {
    /// `on_rejected` is called when the tokens are no longer valid.
    pub fn new(tokens: Tokens, renew: RenewFn, on_rejected: Callback<()>) -> Self {
        Self(Rc::new(Inner {
            tokens: RefCell::new(Some(tokens)),
            renew,
            current_renewal: RefCell::new(None),
            on_rejected,
        }))
    }

    /// Credentials whose tokens are never renewed.
    pub(crate) fn fixed(tokens: Tokens) -> Self {
        let renew = Rc::new(|_| ready(Err(SignInError::Incomplete)).boxed_local());
        Self::new(tokens, renew, Callback::noop())
    }

    /// Returns the tokens for one request, renewed if that is due.
    pub(crate) async fn lend(&self) -> Result<Tokens, ApiError> {
        self.ensure_fresh().await?;
        self.tokens().ok_or(ApiError::Expired)
    }

    pub(crate) async fn ensure_fresh(&self) -> Result<(), ApiError> {
        let freshness = self.tokens().map(|tokens| tokens.freshness(server_now()));
        match freshness {
            Some(TokenFreshness::Fresh) => Ok(()),
            Some(TokenFreshness::RenewalDue) => self.renew().await,
            Some(TokenFreshness::Expired) => {
                self.reject();
                Err(ApiError::Expired)
            }
            None => Err(ApiError::Expired),
        }
    }

    /// Renews the tokens after our server refused them. `Ok` if they were replaced in the meantime.
    pub(crate) async fn renew_refused(&self, refused: &Tokens) -> Result<(), ApiError> {
        match self.renewal_method_of(refused) {
            None => Ok(()),
            Some(RenewalMethod::SignIn) => {
                self.reject();
                Err(ApiError::Expired)
            }
            Some(_) => self.renew().await,
        }
    }

    /// Reports that our server no longer accepts the tokens.
    pub(crate) fn reject(&self) {
        self.0.on_rejected.emit(());
    }

    /// Removes the tokens, so that no clone can use them any more.
    pub(crate) fn take(&self) -> Option<Tokens> {
        self.0.tokens.take()
    }

    pub(crate) fn tokens(&self) -> Option<Tokens> {
        self.0.tokens.borrow().clone()
    }

    /// Replaces the tokens by those of another tab, or of the same person after a new sign-in.
    pub(crate) fn replace_tokens(&self, tokens: Option<Tokens>) {
        self.0.tokens.replace(tokens);
    }

    /// How to renew these tokens, if they are still in use.
    pub(super) fn renewal_method_of(&self, tokens: &Tokens) -> Option<RenewalMethod> {
        let current = self.0.tokens.borrow();
        let current = current.as_ref()?;
        (current.access.secret() == tokens.access.secret()).then(|| current.renewal.clone())
    }

    /// Stores renewed tokens unless the person has signed out, and returns whether it did.
    pub(super) fn store_renewed(&self, renewed: Tokens) -> bool {
        let mut tokens = self.0.tokens.borrow_mut();
        let is_signed_in = tokens.is_some();
        if is_signed_in {
            *tokens = Some(renewed);
        }
        is_signed_in
    }

    /// Drops a rejected refresh token, and returns whether the access token is still valid.
    fn drop_refresh_token(&self) -> bool {
        let rest = self
            .tokens()
            .and_then(|tokens| tokens.without_refresh_token(server_now()));
        rest.is_some_and(|tokens| self.store_renewed(tokens))
    }

    /// All requests wait for the same renewal.
    async fn renew(&self) -> Result<(), ApiError> {
        let current = self.0.current_renewal.borrow().clone();
        let renewal = current.unwrap_or_else(|| {
            let renewal = self.clone().run_renewal().boxed_local().shared();
            self.0.current_renewal.replace(Some(renewal.clone()));
            // The renewal continues even if the component that started it is gone.
            spawn_local(renewal.clone().map(|_| ()));
            renewal
        });
        renewal.await
    }

    async fn run_renewal(self) -> Result<(), ApiError> {
        let result = (self.0.renew)(self.clone()).await;
        self.0.current_renewal.replace(None);
        match result {
            Ok(()) => Ok(()),
            Err(SignInError::Unreachable) => Err(ApiError::Network),
            Err(SignInError::Refused { .. }) if self.drop_refresh_token() => Ok(()),
            Err(_) => {
                self.reject();
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
