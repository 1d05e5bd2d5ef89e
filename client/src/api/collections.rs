//! The account's own collections, one at a time. Each change names the version it was decided on, so that
//! nothing is overwritten that nobody has seen.

use super::authorised::Cookies;
use super::http::{self, Body};
use super::{ApiError, AuthorisedApi};
use gloo_net::http::Request;
use shared::api::{
    CollectionDetail, CollectionSummary, CreateCollection, History, PatchCollection,
};
use uuid::Uuid;

/// A value and the version it was read at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// What was read.
    pub value: T,
    /// Its `ETag`, quotes and all.
    pub version: String,
}

impl AuthorisedApi {
    /// One of the account's collections.
    pub async fn collection(&self, id: Uuid) -> Result<Versioned<CollectionDetail>, ApiError> {
        let ask = || Request::get(&path(id));
        let answer = self.send(&ask, None, http::TIME_LIMIT, Cookies::Omit);
        let answer = answer.await?;
        Ok(Versioned {
            value: answer.read()?,
            version: answer.version()?,
        })
    }

    /// Makes a collection in the account. Repeating it with the same key makes no second one.
    pub async fn create_collection(
        &self,
        request: &CreateCollection,
        key: Uuid,
    ) -> Result<CollectionSummary, ApiError> {
        let ask =
            || Request::post("/api/v1/collections").header("Idempotency-Key", &key.to_string());
        self.send_body(&ask, request, Cookies::Omit).await?.read()
    }

    /// Changes a collection that is still at this version. Otherwise it fails with
    /// [`Slug::PreconditionFailed`](shared::problem::Slug::PreconditionFailed).
    pub async fn patch_collection(
        &self,
        id: Uuid,
        version: &str,
        request: &PatchCollection,
    ) -> Result<Versioned<CollectionSummary>, ApiError> {
        let ask = || Request::patch(&path(id)).header("If-Match", version);
        let answer = self.send_body(&ask, request, Cookies::Omit).await?;
        Ok(Versioned {
            value: answer.read()?,
            version: answer.version()?,
        })
    }

    /// What one of the account's collections was before its last changes.
    pub async fn history(&self, id: Uuid) -> Result<History, ApiError> {
        let ask = || Request::get(&format!("{}/history", path(id)));
        self.send(&ask, None, http::TIME_LIMIT, Cookies::Omit)
            .await?
            .read()
    }

    /// Makes a collection that is still at this version what it was before a change, as
    /// [`AuthorisedApi::patch_collection`] does.
    pub async fn go_back(&self, id: Uuid, version: &str, number: u32) -> Result<(), ApiError> {
        let path = format!("{}/history/{number}/restore", path(id));
        let ask = || Request::post(&path).header("If-Match", version);
        self.send(&ask, None, http::TIME_LIMIT, Cookies::Omit)
            .await?;
        Ok(())
    }

    /// Deletes a collection that is still at this version, as [`AuthorisedApi::patch_collection`] does, and
    /// gives the id of the receipt that takes it back.
    pub async fn delete_collection(&self, id: Uuid, version: &str) -> Result<Uuid, ApiError> {
        let ask = || Request::delete(&path(id)).header("If-Match", version);
        let answer = self
            .send(&ask, None, http::TIME_LIMIT, Cookies::Omit)
            .await?;
        receipt(&answer).ok_or(ApiError::Unexpected { status: 204 })
    }
}

fn path(id: Uuid) -> String {
    format!("/api/v1/collections/{id}")
}

/// The last part of the address `/api/v1/receipts/<id>`.
fn receipt(answer: &Body) -> Option<Uuid> {
    let (_, id) = answer.location.as_deref()?.rsplit_once('/')?;
    id.parse().ok()
}
