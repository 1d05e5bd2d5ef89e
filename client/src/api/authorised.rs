//! Requests that need a sign-in. An [`AuthorisedApi`] exists only with [`Credentials`].

use super::ApiError;
use super::http::{self, Body};
use crate::auth::Credentials;
use crate::auth::tokens::Tokens;
use gloo_net::http::{Request, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{
    ClaimRequest, ClaimedAccounts, CollectionList, ImportPlanRequest, ImportRequest, Me,
    MigrationRequest, NamedSource, Plan, Receipt, ReceiptList,
};
use uuid::Uuid;
use web_sys::RequestCredentials;

/// Whether a request carries the cookies of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookies {
    Omit,
    Send,
}

/// Our server in the name of the person who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorisedApi {
    credentials: Credentials,
}

impl AuthorisedApi {
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials }
    }

    pub async fn me(&self) -> Result<Me, ApiError> {
        self.get("/api/v1/me").await
    }

    /// The collections of the account, without their members.
    pub async fn collections(&self) -> Result<CollectionList, ApiError> {
        self.get("/api/v1/collections").await
    }

    /// The plan of a migration from the legacy accounts of the person.
    pub async fn legacy(&self) -> Result<Plan, ApiError> {
        self.get("/api/v1/legacy").await
    }

    /// Claims the legacy accounts with this address and password. Each request is an attempt.
    pub async fn claim(&self, request: &ClaimRequest) -> Result<ClaimedAccounts, ApiError> {
        let path = "/api/v1/legacy/claims";
        self.post(path, request, Vec::new(), Cookies::Omit).await
    }

    /// Migrates from the legacy accounts if the plan with this fingerprint still holds. A repeated
    /// request with the same key returns the same receipt.
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

    /// The plan of an import of these collections.
    pub async fn plan_import(&self, request: &ImportPlanRequest) -> Result<Plan, ApiError> {
        let (headers, cookies) = (Vec::new(), cookies_for(request.source));
        self.post("/api/v1/imports/plan", request, headers, cookies)
            .await
    }

    /// Imports these collections if the plan with this fingerprint still holds. A repeated request
    /// with the same key returns the same receipt.
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

    /// The receipts of the account, newest first.
    pub async fn receipts(&self) -> Result<ReceiptList, ApiError> {
        self.get("/api/v1/receipts").await
    }

    pub async fn receipt(&self, id: Uuid) -> Result<Receipt, ApiError> {
        self.get(&format!("/api/v1/receipts/{id}")).await
    }

    /// Undoes a transfer. A repeated request with the same key returns the same receipt.
    pub async fn undo(&self, receipt: Uuid, key: Uuid) -> Result<Receipt, ApiError> {
        let path = format!("/api/v1/receipts/{receipt}/undo");
        let headers = vec![("Idempotency-Key", key.to_string())];
        self.post(&path, &(), headers, Cookies::Omit).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let builder = || Request::get(path);
        self.send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
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
        let builder = || {
            headers
                .iter()
                .fold(Request::post(path), |builder, (name, value)| {
                    builder.header(name, value)
                })
        };
        self.send_body(&builder, body, cookies).await?.read()
    }

    /// Sends a request with a body.
    pub(super) async fn send_body(
        &self,
        builder: &dyn Fn() -> RequestBuilder,
        body: &impl Serialize,
        cookies: Cookies,
    ) -> Result<Body, ApiError> {
        let builder = || builder().header("content-type", "application/json");
        let body = http::write(body)?;
        self.send(&builder, Some(&body), http::TRANSFER_TIME_LIMIT, cookies)
            .await
    }

    /// Sends a request with the access token. If our server refuses the token, because clocks
    /// differ or the session was cut short, the request is repeated once with a renewed one. The
    /// session learns when no valid token is left.
    pub(super) async fn send(
        &self,
        builder: &dyn Fn() -> RequestBuilder,
        body: Option<&str>,
        time_limit: u32,
        cookies: Cookies,
    ) -> Result<Body, ApiError> {
        let tokens = self.credentials.lend().await?;
        let result = send_with(&tokens, builder(), body, time_limit, cookies).await;
        if !result.as_ref().is_err_and(ApiError::requires_sign_in) {
            return result;
        }
        match self.credentials.renew_refused(&tokens).await {
            Err(ApiError::Network) => return Err(ApiError::Network),
            Err(_) => return result,
            Ok(()) => {}
        }
        let tokens = self.credentials.lend().await?;
        let result = send_with(&tokens, builder(), body, time_limit, cookies).await;
        if result.as_ref().is_err_and(ApiError::requires_sign_in) {
            self.credentials.reject();
        }
        result
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
    // The time limit starts here, after a renewal that may have been due.
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

/// Only GN2's anonymous session is proven by a cookie.
fn cookies_for(source: Option<NamedSource>) -> Cookies {
    match source {
        Some(NamedSource::Session) => Cookies::Send,
        None => Cookies::Omit,
    }
}
