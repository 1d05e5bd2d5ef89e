//! What needs a sign-in. An [`AuthorisedApi`] cannot be made without [`Credentials`], and never shows
//! what is in them.

use super::ApiError;
use super::http::{self, Body};
use crate::auth::Credentials;
use crate::auth::tokens::Tokens;
use gloo_net::http::{Request, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{
    CollectionList, ImportPlanRequest, ImportRequest, Me, MigrationRequest, NamedSource, Plan,
    Receipt, ReceiptList,
};
use uuid::Uuid;
use web_sys::RequestCredentials;

/// Whether a request carries the cookies of this site. Only one is ever asked for: that of GN2's old session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookies {
    Omit,
    Send,
}

/// Our server in the name of the person who is signed in. When it says that the sign-in is no longer
/// good, the session learns that too.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorisedApi {
    credentials: Credentials,
}

impl AuthorisedApi {
    /// Speaks in the name of these credentials.
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials }
    }

    /// Who is signed in.
    pub async fn me(&self) -> Result<Me, ApiError> {
        self.get("/api/v1/me").await
    }

    /// The account's collections, without their members.
    pub async fn collections(&self) -> Result<CollectionList, ApiError> {
        self.get("/api/v1/collections").await
    }

    /// What migrating from the person's old accounts would do.
    pub async fn legacy(&self) -> Result<Plan, ApiError> {
        self.get("/api/v1/legacy").await
    }

    /// Migrates from the person's old accounts, if the plan with this fingerprint still holds.
    /// Repeating it with the same key gives the same receipt.
    pub async fn migrate(
        &self,
        request: &MigrationRequest,
        fingerprint: &str,
        key: Uuid,
    ) -> Result<Receipt, ApiError> {
        let path = "/api/v1/migrations";
        self.transfer(path, request, fingerprint, key, Cookies::Omit)
            .await
    }

    /// What importing these collections would do.
    pub async fn plan_import(&self, request: &ImportPlanRequest) -> Result<Plan, ApiError> {
        let (headers, cookies) = (Vec::new(), cookies_for(request.source));
        self.post("/api/v1/imports/plan", request, headers, cookies)
            .await
    }

    /// Imports these collections, if the plan with this fingerprint still holds. Repeating it with the
    /// same key gives the same receipt.
    pub async fn import(
        &self,
        request: &ImportRequest,
        fingerprint: &str,
        key: Uuid,
    ) -> Result<Receipt, ApiError> {
        let cookies = cookies_for(request.source);
        self.transfer("/api/v1/imports", request, fingerprint, key, cookies)
            .await
    }

    /// The account's past transfers, newest first.
    pub async fn receipts(&self) -> Result<ReceiptList, ApiError> {
        self.get("/api/v1/receipts").await
    }

    /// One past transfer.
    pub async fn receipt(&self, id: Uuid) -> Result<Receipt, ApiError> {
        self.get(&format!("/api/v1/receipts/{id}")).await
    }

    /// Takes back what this receipt records. Repeating it with the same key gives the same receipt.
    pub async fn undo(&self, receipt: Uuid, key: Uuid) -> Result<Receipt, ApiError> {
        let path = format!("/api/v1/receipts/{receipt}/undo");
        let headers = vec![("Idempotency-Key", key.to_string())];
        self.post(&path, &(), headers, Cookies::Omit).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let ask = || Request::get(path);
        self.send(&ask, None, http::TIME_LIMIT, Cookies::Omit)
            .await?
            .read()
    }

    async fn transfer(
        &self,
        path: &str,
        body: &impl Serialize,
        fingerprint: &str,
        key: Uuid,
        cookies: Cookies,
    ) -> Result<Receipt, ApiError> {
        let headers = vec![
            ("If-Match", format!("\"{fingerprint}\"")),
            ("Idempotency-Key", key.to_string()),
        ];
        self.post(path, body, headers, cookies).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        headers: Vec<(&str, String)>,
        cookies: Cookies,
    ) -> Result<T, ApiError> {
        let ask = || {
            headers
                .iter()
                .fold(Request::post(path), |builder, (name, value)| {
                    builder.header(name, value)
                })
        };
        self.send_body(&ask, body, cookies).await?.read()
    }

    /// Sends a request with a body, which may be large.
    pub(super) async fn send_body(
        &self,
        ask: &dyn Fn() -> RequestBuilder,
        body: &impl Serialize,
        cookies: Cookies,
    ) -> Result<Body, ApiError> {
        let ask = || ask().header("content-type", "application/json");
        let body = http::write(body)?;
        self.send(&ask, Some(&body), http::TRANSFER_TIME_LIMIT, cookies)
            .await
    }

    /// Sends a request with the access token; once more with a new one if our server refuses it, because
    /// clocks differ and sessions are cut short. Lets the session know when there is no good one any more.
    pub(super) async fn send(
        &self,
        ask: &dyn Fn() -> RequestBuilder,
        body: Option<&str>,
        time_limit: u32,
        cookies: Cookies,
    ) -> Result<Body, ApiError> {
        let tokens = self.credentials.lend().await?;
        let answer = send_with(&tokens, ask(), body, time_limit, cookies).await;
        let Err(error) = &answer else { return answer };
        if !error.is_unauthenticated() {
            return answer;
        }
        match self.credentials.renew_refused(&tokens).await {
            Err(ApiError::Network) => return Err(ApiError::Network),
            Err(_) => return answer,
            Ok(()) => {}
        }
        let tokens = self.credentials.lend().await?;
        let answer = send_with(&tokens, ask(), body, time_limit, cookies).await;
        if answer.as_ref().is_err_and(ApiError::is_unauthenticated) {
            self.credentials.rejected();
        }
        answer
    }
}

async fn send_with(
    tokens: &Tokens,
    builder: RequestBuilder,
    body: Option<&str>,
    time_limit: u32,
    cookies: Cookies,
) -> Result<Body, ApiError> {
    let builder = builder.header("authorization", &tokens.bearer());
    // The time limit starts only here, after a renewal that may have been due.
    let builder = http::prepare(builder, time_limit);
    let builder = match cookies {
        Cookies::Omit => builder,
        Cookies::Send => builder.credentials(RequestCredentials::SameOrigin),
    };
    let request = match body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    http::send(request.map_err(|_| ApiError::Network)?).await
}

/// The old session of GN2 is proven by its cookie; nothing else needs one.
fn cookies_for(source: Option<NamedSource>) -> Cookies {
    match source {
        Some(NamedSource::Session) => Cookies::Send,
        None => Cookies::Omit,
    }
}
