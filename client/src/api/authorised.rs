//! What needs a sign-in. An [`AuthorisedApi`] cannot be made without [`Credentials`], and never shows
//! what is in them.

use super::{ApiError, http};
use crate::auth::Credentials;
use gloo_net::http::{Request, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{
    CollectionDetail, CollectionList, ImportPlanRequest, ImportRequest, Me, MigrationRequest, Plan,
    Receipt, ReceiptList,
};
use uuid::Uuid;

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

    /// One of the account's collections.
    pub async fn collection(&self, id: Uuid) -> Result<CollectionDetail, ApiError> {
        self.get(&format!("/api/v1/collections/{id}")).await
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
        self.transfer("/api/v1/migrations", request, fingerprint, key)
            .await
    }

    /// What importing these collections would do.
    pub async fn plan_import(&self, request: &ImportPlanRequest) -> Result<Plan, ApiError> {
        let builder = self
            .prepare(
                Request::post("/api/v1/imports/plan"),
                http::TRANSFER_TIME_LIMIT,
            )
            .await?;
        self.settle(http::send(http::with_json(builder, request)?).await)
    }

    /// Imports these collections, if the plan with this fingerprint still holds. Repeating it with the
    /// same key gives the same receipt.
    pub async fn import(
        &self,
        request: &ImportRequest,
        fingerprint: &str,
        key: Uuid,
    ) -> Result<Receipt, ApiError> {
        self.transfer("/api/v1/imports", request, fingerprint, key)
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

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let builder = self.prepare(Request::get(path), http::TIME_LIMIT).await?;
        let request = builder.build().map_err(|_| ApiError::Network)?;
        self.settle(http::send(request).await)
    }

    async fn transfer(
        &self,
        path: &str,
        body: &impl Serialize,
        fingerprint: &str,
        key: Uuid,
    ) -> Result<Receipt, ApiError> {
        let builder = self
            .prepare(Request::post(path), http::TRANSFER_TIME_LIMIT)
            .await?
            .header("If-Match", &format!("\"{fingerprint}\""))
            .header("Idempotency-Key", &key.to_string());
        self.settle(http::send(http::with_json(builder, body)?).await)
    }

    async fn prepare(
        &self,
        builder: RequestBuilder,
        time_limit: u32,
    ) -> Result<RequestBuilder, ApiError> {
        // The time limit starts only here, after a refresh that may have been due.
        let builder = self.credentials.authorise(builder).await?;
        Ok(http::prepare(builder, time_limit))
    }

    /// Lets the session know when the sign-in is no longer good.
    fn settle<T>(&self, result: Result<T, ApiError>) -> Result<T, ApiError> {
        if let Err(error) = &result
            && error.is_unauthenticated()
        {
            self.credentials.rejected();
        }
        result
    }
}
