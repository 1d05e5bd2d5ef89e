//! The account's data on the server. Everything is fetched again after a transfer.

use super::fetched::use_fetched;
use super::transfer::OLD_SESSION;
use super::{RemoteHandle, use_config, use_session};
use crate::api::AuthorisedApi;
use crate::state::providers::use_revision;
use shared::api::{CollectionList, Plan, ReceiptList};
use yew::prelude::*;

/// The account's collections, without their members.
#[hook]
pub fn use_account_collections() -> RemoteHandle<CollectionList> {
    let (api, revision) = (use_session().api, use_revision().number);
    use_fetched(api, revision, async |api: &AuthorisedApi| {
        api.collections().await
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

/// What importing GN2's old session of this browser would do; absent where the server cannot look it up.
#[hook]
pub fn use_session_plan() -> RemoteHandle<Plan> {
    let (api, revision) = (use_session().api, use_revision().number);
    let config = use_config();
    let is_offered = config
        .ready()
        .is_some_and(|config| config.anonymous_sessions);
    let api = api.filter(|_| is_offered);
    use_fetched(api, revision, async |api: &AuthorisedApi| {
        api.plan_import(&OLD_SESSION).await
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
