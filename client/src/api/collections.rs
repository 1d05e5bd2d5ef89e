//! Reads and changes the collections of the account. Each change names the version it is based on,
//! so that no unseen change is overwritten.

use super::authorised::Cookies;
use super::http::{self, Body};
use super::{ApiError, AuthorisedApi};
use gloo_net::http::Request;
use shared::api::{
    CollectionBatch, CollectionDetail, CollectionSummary, CreateCollection, History,
    MemberSignatures, PatchCollection,
};
use uuid::Uuid;

/// A value and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    pub value: T,
    /// The `ETag`, quotes included.
    pub version: String,
}

impl AuthorisedApi {
    pub async fn collection(&self, id: Uuid) -> Result<Versioned<CollectionDetail>, ApiError> {
        let builder = || Request::get(&path(id));
        let body = self
            .send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
            .await?;
        Ok(Versioned {
            value: body.read()?,
            version: body.version()?,
        })
    }

    /// Creates a collection. A repeated request with the same key creates no second one.
    pub async fn create_collection(
        &self,
        request: &CreateCollection,
        key: Uuid,
    ) -> Result<CollectionSummary, ApiError> {
        let builder =
            || Request::post("/api/v1/collections").header("Idempotency-Key", &key.to_string());
        self.send_body(&builder, request, Cookies::Omit)
            .await?
            .read()
    }

    /// Changes a collection. Fails with
    /// [`Slug::PreconditionFailed`](shared::problem::Slug::PreconditionFailed) if it has another
    /// version by now.
    pub async fn patch_collection(
        &self,
        id: Uuid,
        version: &str,
        request: &PatchCollection,
    ) -> Result<Versioned<CollectionSummary>, ApiError> {
        let builder = || Request::patch(&path(id)).header("If-Match", version);
        let body = self.send_body(&builder, request, Cookies::Omit).await?;
        Ok(Versioned {
            value: body.read()?,
            version: body.version()?,
        })
    }

    /// The last changes of a collection.
    pub async fn history(&self, id: Uuid) -> Result<History, ApiError> {
        let builder = || Request::get(&format!("{}/history", path(id)));
        self.send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
            .await?
            .read()
    }

    /// GN2's signatures of the members of a collection.
    pub async fn signatures(&self, id: Uuid) -> Result<MemberSignatures, ApiError> {
        let builder = || Request::get(&format!("{}/signatures", path(id)));
        self.send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
            .await?
            .read()
    }

    /// Restores the state of a collection before a change. Checks the version as
    /// [`AuthorisedApi::patch_collection`] does.
    pub async fn go_back(&self, id: Uuid, version: &str, number: u32) -> Result<(), ApiError> {
        let path = format!("{}/history/{number}/restore", path(id));
        let builder = || Request::post(&path).header("If-Match", version);
        self.send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
            .await?;
        Ok(())
    }

    /// Deletes a collection, and returns the id of the receipt with which the deletion is undone.
    /// Checks the version as [`AuthorisedApi::patch_collection`] does.
    pub async fn delete_collection(&self, id: Uuid, version: &str) -> Result<Uuid, ApiError> {
        let builder = || Request::delete(&path(id)).header("If-Match", version);
        let body = self
            .send(&builder, None, http::TIME_LIMIT, Cookies::Omit)
            .await?;
        receipt_id(&body)
    }

    /// Deletes collections, all or none, and returns the id of the receipt with which the deletion
    /// is undone. Fails with
    /// [`Slug::PreconditionFailed`](shared::problem::Slug::PreconditionFailed) if one of them is
    /// not as it was shown. A repeated request finds the same receipt.
    pub async fn delete_collections(&self, batch: &CollectionBatch) -> Result<Uuid, ApiError> {
        let builder = || Request::post("/api/v1/collections/batch");
        receipt_id(&self.send_body(&builder, batch, Cookies::Omit).await?)
    }
}

fn path(id: Uuid) -> String {
    format!("/api/v1/collections/{id}")
}

/// Reads the id from the `Location` header, `/api/v1/receipts/<id>`.
fn receipt_id(body: &Body) -> Result<Uuid, ApiError> {
    let location = body.location.as_deref().unwrap_or_default();
    let id = location
        .rsplit_once('/')
        .and_then(|(_, id)| id.parse().ok());
    id.ok_or(ApiError::Unexpected { status: 204 })
}
