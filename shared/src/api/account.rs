//! `GET /api/v1/me`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who the presented token speaks for, as the auth server's user endpoint says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account's id on the new auth server: the owner of everything under `collections2`.
    pub user_id: Uuid,
    /// The address as the auth server spells it.
    pub email: String,
    /// Whether that address is proven; only then is anything legacy looked up.
    pub email_verified: bool,
    /// The person's name, for display.
    pub name: String,
    /// The group the person belongs to, if any.
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
