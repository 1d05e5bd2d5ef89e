//! `GET /api/v1/legacy` and `POST /api/v1/imports/plan`: the plan of a transfer.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// The planned action for each collection of each source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Whether at least one item would be transferred by default.
    pub offer: bool,
    /// Hex SHA-256 over the stored values that the plan was made from. The page sends it as
    /// `If-Match` to execute the plan. Absent when there is nothing to execute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The sources: legacy accounts, or one entry for the collections that the browser sent.
    pub accounts: Vec<SourceAccount>,
}

/// A source of collections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceAccount {
    /// The legacy or anonymous user id, or `null` for collections that the browser sent.
    pub legacy_user_id: Option<String>,
    /// The address exactly as the legacy account spells it.
    pub email: Option<String>,
    /// The name in the legacy account.
    pub full_name: Option<String>,
    /// The creation time of the oldest collection of this source.
    pub since: Option<Timestamp>,
    /// Whether gn-auth has copied collections of this account: its record of the address names the
    /// account, and the target has the id of at least one of them.
    pub copied_by_gn_auth: bool,
    /// An item for each entry of the source's list, in stored order.
    pub items: Vec<PlanItem>,
}

/// A collection of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanItem {
    /// The key of the item within the plan, `<account>:<position>`. Old data may have missing or
    /// repeated ids.
    pub key: String,
    /// The id as stored, if it is text.
    pub source_id: Option<String>,
    /// The name, or one made for a nameless collection. Empty for an unreadable entry.
    pub name: String,
    /// The number of members after repair.
    pub num_members: u64,
    /// The creation time, if known.
    pub created: Option<Timestamp>,
    /// The time of the last change, if known.
    pub changed: Option<Timestamp>,
    /// The relation to the target account.
    pub relation: Relation,
    /// The outcome of an earlier transfer or deletion, if the account's receipts tell of one and
    /// the collection is missing from the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<EarlierOutcome>,
    /// The id of the target's collection that this one relates to.
    pub target_id: Option<String>,
    /// The name of the target's collection that this one relates to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
    /// The default action.
    pub action: Action,
    /// The actions that the user may choose. Empty for an unreadable entry.
    pub allowed: Vec<Action>,
    /// The name after `keep-both`, when the collection's own name is taken.
    pub new_name: Option<String>,
    /// The number of members that the target's collection has too.
    pub overlap: u64,
    /// The first few of the `num_members - overlap` members that `merge` adds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<String>,
    /// The repairs made when the collection is written.
    pub repairs: Vec<Repair>,
    /// The number of blank, repeated and non-text members, which are left out.
    pub dropped_members: u64,
    /// The number of members that GeneNetwork cannot show. They move as they are.
    #[serde(default)]
    pub unshowable_members: u64,
    /// The number of members that GeneNetwork cannot show and that stay in the browser. Only an
    /// import from a browser excludes any.
    #[serde(default)]
    pub excluded_members: u64,
    /// The reason why an entry is unreadable, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl PlanItem {
    /// The kind of the item.
    pub fn kind(&self) -> ItemKind {
        (self.relation, self.earlier)
    }
}

/// The kind of an item: a choice may be applied to all items of a kind.
pub type ItemKind = (Relation, Option<EarlierOutcome>);

/// The relation of a source collection to the target account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The target has no similar collection.
    New,
    /// The name (trimmed, case-folded) and the set of members are the same.
    Identical,
    /// The name is the same, the members differ.
    SameName,
    /// The members are the same, the name differs.
    SameContent,
    /// A target collection with other content has the id.
    SameId,
    /// The collection has no members.
    Empty,
    /// gn-auth copied the collection, and the copy was changed since: gn-auth's record of the
    /// address names the source, and the target has the id with other content.
    AlreadyCopied,
    /// The entry is not a collection.
    Unreadable,
}

/// The outcome of an earlier transfer or deletion, for a collection missing from the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EarlierOutcome {
    /// An earlier transfer left it in its source.
    LeftBehind,
    /// The user deleted it from the account with this program.
    Deleted,
    /// An earlier transfer moved it, and nothing that came with it from the same source is left in
    /// the account: another program has overwritten the account's list. The before-image has it.
    Overwritten,
    /// An earlier transfer moved it, and it is gone, unlike others that came with it: probably the
    /// user deleted it with another program. The before-image has it.
    Removed,
}

impl EarlierOutcome {
    /// Whether the collection is transferred only if the user chooses so.
    pub fn stays_by_default(self) -> bool {
        self != Self::Overwritten
    }
}

/// The action taken on a source collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The collection moves to the target as it is.
    Move,
    /// The target has the collection, and the source keeps its copy.
    AlreadyPresent,
    /// The collection moves to the target with a free name and id, beside the similar one.
    KeepBoth,
    /// The members are added to the target's collection.
    Merge,
    /// The collection stays in the source.
    Skip,
    /// The entry is unreadable and stays in the source, byte for byte.
    Leave,
    /// The collection is deleted from the account. Only receipts of deletions have this action.
    Delete,
}

impl Action {
    /// Whether the action moves the collection from the source to the target.
    pub fn transfers(self) -> bool {
        matches!(self, Self::Move | Self::KeepBoth | Self::Merge)
    }
}

/// A repair made when a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// A missing, malformed or repeated id becomes a new UUID.
    Id,
    /// A missing, blank or non-text name is replaced by a made one. In an import from the browser,
    /// a name is trimmed and cut to 500 characters.
    Name,
    /// A missing or malformed creation time becomes the best known time.
    Created,
    /// A missing or malformed time of change becomes the best known time.
    Changed,
    /// A wrong or missing count is corrected.
    NumMembers,
    /// Blank, repeated or non-text members are left out. A comma-separated text is split.
    Members,
    /// A note in an import from the browser is cut to 2,000 characters.
    Note,
}
