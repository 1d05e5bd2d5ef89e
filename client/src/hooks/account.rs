//! The account's data on the server. Everything is fetched again after a transfer.

use super::fetched::use_fetched;
use super::{RemoteHandle, use_session};
use crate::api::AuthorisedApi;
use crate::state::providers::use_revision;
use shared::api::{CollectionDetail, CollectionList, Plan, ReceiptList};
use uuid::Uuid;
use yew::prelude::*;

/// The account's collections, without their members.
#[hook]
pub fn use_account_collections() -> RemoteHandle<CollectionList> {
    let (api, revision) = (use_session().api, use_revision().number);
    use_fetched(api, revision, async |api: &AuthorisedApi| {
        api.collections().await
    })
}

/// One collection of the account.
#[hook]
pub fn use_account_collection(id: Uuid) -> RemoteHandle<CollectionDetail> {
    let (api, revision) = (use_session().api, use_revision().number);
    let key = api.map(|api| (api, id));
    use_fetched(key, revision, async |key: &(AuthorisedApi, Uuid)| {
        key.0.collection(key.1).await
    })
}

/// What migrating from the person's old accounts would do. An unverified address arrives as the problem
/// `email-not-verified`.
#[hook]
pub fn use_legacy() -> RemoteHandle<Plan> {
    let (api, revision) = (use_session().api, use_revision().number);
    use_fetched(api, revision, async |api: &AuthorisedApi| {
        api.legacy().await
    })
}

/// The account's past transfers, newest first.
#[hook]
pub fn use_receipts() -> RemoteHandle<ReceiptList> {
    let (api, revision) = (use_session().api, use_revision().number);
    use_fetched(api, revision, async |api: &AuthorisedApi| {
        api.receipts().await
    })
}
