//! `GET /api/v1/legacy` and `POST /api/v1/imports/plan`: what a transfer would do.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// What would happen to each collection of a source, before anything happens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Whether at least one item would be transferred by default.
    pub offer: bool,
    /// Hex SHA-256 over the raw source and target values this plan was made from; sent back as
    /// `If-Match` to execute it. Absent when there is nothing to execute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The sources: legacy accounts, or one entry for what the browser sent.
    pub accounts: Vec<SourceAccount>,
}

/// One source of collections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceAccount {
    /// The legacy user id, or the anonymous one; `null` for collections sent by the browser.
    pub legacy_user_id: Option<String>,
    /// The address exactly as the legacy account spells it.
    pub email: Option<String>,
    /// The name the legacy account carries.
    pub full_name: Option<String>,
    /// When the oldest collection of this source was made.
    pub since: Option<Timestamp>,
    /// Whether gn-auth has copied this account's collections by itself.
    pub copied_by_gn_auth: bool,
    /// One item for each entry of the source's list, in stored order.
    pub items: Vec<PlanItem>,
}

/// One collection of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanItem {
    /// Identifies the item within the plan, `<account>:<position>`: ids may be missing or repeated in
    /// old data.
    pub key: String,
    /// The id as stored, if it is text.
    pub source_id: Option<String>,
    /// The name it has, or was given because it has none; empty for an unreadable entry.
    pub name: String,
    /// Members after repair.
    pub num_members: u64,
    /// When it was made, if known.
    pub created: Option<Timestamp>,
    /// When it last changed, if known.
    pub changed: Option<Timestamp>,
    /// How it relates to the target account.
    pub relation: Relation,
    /// The target's collection it relates to.
    pub target_id: Option<String>,
    /// The name of that collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
    /// What happens unless the user chooses otherwise.
    pub action: Action,
    /// What the user may choose; empty for an unreadable entry.
    pub allowed: Vec<Action>,
    /// The name that `keep-both` gives it, when its own is taken.
    pub new_name: Option<String>,
    /// Members it shares with the target's collection.
    pub overlap: u64,
    /// Of the `num_members - overlap` members that `merge` adds, the first few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<String>,
    /// What is mended when it is written.
    pub repairs: Vec<Repair>,
    /// Blank, repeated and non-text members that are left out.
    pub dropped_members: u64,
    /// Why an unreadable entry cannot be read, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How a source collection relates to the target account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Nothing alike in the target.
    New,
    /// Same name (trimmed, case-folded) and same set of members.
    Identical,
    /// Same name, other members.
    SameName,
    /// Same members, other name.
    SameContent,
    /// The id is taken by a target collection with other content.
    SameId,
    /// No members.
    Empty,
    /// gn-auth copied this account, and the collection is no longer in the target as it was.
    AlreadyCopied,
    /// Cannot be read as a collection.
    Unreadable,
}

/// What is done with a source collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Goes into the target as it is.
    Move,
    /// The target has it: the source keeps its own copy.
    AlreadyPresent,
    /// Goes into the target beside the one that is alike, under a free name and a free id.
    KeepBoth,
    /// Its members are added to the target's collection.
    Merge,
    /// Stays where it is.
    Skip,
    /// Cannot be read, so it stays where it is, byte for byte.
    Leave,
    /// Taken out of the account: in receipts of deletions only, never in a plan.
    Delete,
}

impl Action {
    /// Whether this action takes the collection out of the source and into the target.
    pub fn transfers(self) -> bool {
        matches!(self, Self::Move | Self::KeepBoth | Self::Merge)
    }
}

/// What is mended on a collection when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// Missing, malformed or repeated id: a fresh UUID.
    Id,
    /// Missing, blank or non-text name: one is made.
    Name,
    /// Missing or odd creation time: the best known one.
    Created,
    /// Missing or odd time of change: the best known one.
    Changed,
    /// Wrong or missing count: counted.
    NumMembers,
    /// Blank, repeated or non-text members: left out; a comma-separated text: split.
    Members,
}
