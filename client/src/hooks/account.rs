//! Lists of the account on the server. Each is fetched again after a transfer.

use super::config::use_config;
use super::fetched::use_fetched;
use super::revision::use_revision;
use super::session::use_session;
use super::transfer::SESSION_PLAN_REQUEST;
use crate::api::{ApiError, AuthorisedApi};
use crate::state::remote::RemoteHandle;
use shared::api::{CollectionList, Plan, ReceiptList};
use yew::prelude::*;

/// Fetches the account's collections, without their members.
#[hook]
pub fn use_account_collections() -> RemoteHandle<CollectionList> {
    use_account_data(true, async |api| api.collections().await)
}

/// Fetches the plan of a migration from the person's legacy accounts. An unverified address arrives
/// as the problem `email-not-verified`.
#[hook]
pub fn use_legacy() -> RemoteHandle<Plan> {
    use_account_data(true, async |api| api.legacy().await)
}

/// Fetches the plan of an import from GN2's anonymous session of this browser, where the server
/// supports that.
#[hook]
pub fn use_session_plan() -> RemoteHandle<Plan> {
    let is_supported = use_config()
        .ready()
        .is_some_and(|config| config.anonymous_sessions);
    use_account_data(is_supported, async |api| {
        api.plan_import(&SESSION_PLAN_REQUEST).await
    })
}

/// Fetches the account's receipts, the newest first.
#[hook]
pub fn use_receipts() -> RemoteHandle<ReceiptList> {
    use_account_data(true, async |api| api.receipts().await)
}

#[hook]
fn use_account_data<T, F>(is_needed: bool, fetch: F) -> RemoteHandle<T>
where
    T: Clone + 'static,
    F: AsyncFn(&AuthorisedApi) -> Result<T, ApiError> + 'static,
{
    let (api, revision) = (use_session().api, use_revision().number);
    use_fetched(api.filter(|_| is_needed), revision, fetch)
}
