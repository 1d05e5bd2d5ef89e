//! Wire types of the HTTP API, version 1, with a module for each resource.
//!
//! The names and shapes are a contract, which `server/tests/it/snapshots` locks. All timestamps are
//! RFC 3339 in UTC.

mod account;
mod claim;
mod collections;
mod config;
mod history;
mod oauth2;
mod plan;
mod receipt;
mod transfer;

pub use account::{Group, Me};
pub use claim::{ClaimRequest, ClaimedAccounts};
pub use collections::{
    CollectionBatch, CollectionDetail, CollectionList, CollectionSummary, CreateCollection,
    MemberSignatures, PatchCollection, ShownCollection, UnreadableEntry,
};
pub use config::{ClientConfig, Links, OauthConfig, OauthMode, StatePolicy};
pub use history::{History, PastChange};
pub use oauth2::{ExchangeRequest, Revocation, SignedOut, TokenResponse};
pub use plan::{Action, EarlierOutcome, ItemKind, Plan, PlanItem, Relation, Repair, SourceAccount};
pub use receipt::{Receipt, ReceiptItem, ReceiptKind, ReceiptList};
pub use transfer::{
    Choices, ImportPlanRequest, ImportRequest, LocalCollection, MigrationRequest, NamedSource,
};
