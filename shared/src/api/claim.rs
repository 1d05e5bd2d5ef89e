//! `POST /api/v1/legacy/claims`: claiming a legacy account that was registered under another
//! address.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The sign-in of the legacy account. `Debug` shows no part of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRequest {
    /// The address of the legacy account, in any spelling.
    pub email: String,
    /// The password of the legacy account, 1 to 1,024 bytes.
    pub password: String,
}

impl fmt::Debug for ClaimRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimRequest(…)")
    }
}

/// The claimed accounts. From now on `GET /api/v1/legacy` plans their collections too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimedAccounts {
    /// The ids of all legacy accounts with this address and password.
    pub legacy_user_ids: Vec<String>,
}
