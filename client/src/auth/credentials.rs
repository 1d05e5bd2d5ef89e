//! Puts the access token on a request, after renewing it if that is due.

use super::SignInError;
use super::tokens::{Renewal, Standing, Tokens};
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
pub type Renew = Rc<dyn Fn(Credentials) -> LocalBoxFuture<'static, Result<(), SignInError>>>;

type Running = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

/// The tokens of one sign-in. Clones share them; they are lent to requests and never shown.
#[derive(Clone)]
pub struct Credentials(Rc<Inner>);

struct Inner {
    tokens: RefCell<Option<Tokens>>,
    renew: Renew,
    running: RefCell<Option<Running>>,
    rejected: Callback<()>,
}

impl Credentials {
    /// Holds tokens; `rejected` hears when they are no longer good.
    pub fn new(tokens: Tokens, renew: Renew, rejected: Callback<()>) -> Self {
        Self(Rc::new(Inner {
            tokens: RefCell::new(Some(tokens)),
            renew,
            running: RefCell::new(None),
            rejected,
        }))
    }

    /// Holds tokens that are never renewed.
    pub(crate) fn fixed(tokens: Tokens) -> Self {
        let renew = Rc::new(|_| ready(Err(SignInError::Incomplete)).boxed_local());
        Self::new(tokens, renew, Callback::noop())
    }

    /// The tokens for one request, renewed if that is due.
    pub(crate) async fn lend(&self) -> Result<Tokens, ApiError> {
        self.ensure_fresh().await?;
        self.tokens().ok_or(ApiError::Expired)
    }

    /// Renews the access token if that is due.
    pub(crate) async fn ensure_fresh(&self) -> Result<(), ApiError> {
        let standing = self.tokens().map(|tokens| tokens.standing(server_now()));
        match standing {
            Some(Standing::Good) => Ok(()),
            Some(Standing::Due) => self.renew().await,
            Some(Standing::Over) => {
                self.rejected();
                Err(ApiError::Expired)
            }
            None => Err(ApiError::Expired),
        }
    }

    /// Renews after our server has refused these tokens. Good when there are others now.
    pub(crate) async fn renew_refused(&self, refused: &Tokens) -> Result<(), ApiError> {
        match self.renewal_of(refused) {
            None => Ok(()),
            Some(Renewal::Never) => {
                self.rejected();
                Err(ApiError::Expired)
            }
            Some(_) => self.renew().await,
        }
    }

    /// Says that our server does not accept the token any more.
    pub(crate) fn rejected(&self) {
        self.0.rejected.emit(());
    }

    /// Takes the tokens out, so that no clone can use them any more.
    pub(crate) fn take(&self) -> Option<Tokens> {
        self.0.tokens.take()
    }

    /// A copy of the tokens, unless they were taken out.
    pub(crate) fn tokens(&self) -> Option<Tokens> {
        self.0.tokens.borrow().clone()
    }

    /// Puts tokens in, whatever was there: those of another tab, or of the same person signed in again.
    pub(crate) fn put(&self, tokens: Option<Tokens>) {
        self.0.tokens.replace(tokens);
    }

    /// How to renew these tokens, if they are still the ones in use.
    pub(super) fn renewal_of(&self, tokens: &Tokens) -> Option<Renewal> {
        let current = self.0.tokens.borrow();
        let current = current.as_ref()?;
        (current.access.secret() == tokens.access.secret()).then(|| current.renewal.clone())
    }

    /// Puts renewed tokens in, and says whether there were any before.
    pub(super) fn renew_by(&self, new: Tokens) -> bool {
        let mut tokens = self.0.tokens.borrow_mut();
        let is_signed_in = tokens.is_some();
        if is_signed_in {
            *tokens = Some(new);
        }
        is_signed_in
    }

    /// Everyone who asks meanwhile waits for the same renewal.
    async fn renew(&self) -> Result<(), ApiError> {
        let running = self.0.running.borrow().clone();
        let running = running.unwrap_or_else(|| {
            let renewal = self.clone().run().boxed_local().shared();
            self.0.running.replace(Some(renewal.clone()));
            // It goes on even if the component that asked first is gone.
            spawn_local(renewal.clone().map(|_| ()));
            renewal
        });
        running.await
    }

    async fn run(self) -> Result<(), ApiError> {
        let outcome = (self.0.renew)(self.clone()).await;
        self.0.running.replace(None);
        match outcome {
            Ok(()) => Ok(()),
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
