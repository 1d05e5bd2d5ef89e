//! `GET /api/v1/me`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The account of the presented token, as the auth server's user endpoint describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account's id on the auth server, which owns a list in `collections2`.
    pub user_id: Uuid,
    /// The address as the auth server spells it.
    pub email: String,
    /// Whether the address is verified. Only then are legacy accounts looked up.
    pub email_verified: bool,
    /// The person's name, for display.
    pub name: String,
    /// The person's group, if there is one.
    pub group: Option<Group>,
}

/// A gn-auth group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// gn-auth's `group_id`.
    pub id: String,
    /// gn-auth's `group_name`.
    pub name: String,
}
