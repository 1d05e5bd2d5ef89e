//! Who a token speaks for.

use shared::api::{Group, Me};
use shared::email::NormalizedEmail;
use std::fmt;
use uuid::Uuid;

/// The person a token speaks for, as the auth server says. Its id is the owner of everything that
/// this person's requests touch; no request names another owner.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedUser {
    /// Id of the account.
    pub user_id: Uuid,
    /// The address as the auth server spells it.
    pub email: String,
    /// Whether the address is proven.
    pub email_verified: bool,
    /// The person's name.
    pub name: String,
    /// The group the person belongs to.
    pub group: Option<Group>,
}

impl VerifiedUser {
    /// The proven address in its compared form; `None` for one that is not proven or is no address.
    /// Legacy data is looked up for nothing else.
    pub fn proven_email(&self) -> Option<NormalizedEmail> {
        self.email_verified
            .then(|| NormalizedEmail::parse(&self.email))
            .flatten()
    }

    /// What the page is told.
    pub fn to_me(&self) -> Me {
        Me {
            user_id: self.user_id,
            email: self.email.clone(),
            email_verified: self.email_verified,
            name: self.name.clone(),
            group: self.group.clone(),
        }
    }
}

impl fmt::Debug for VerifiedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifiedUser({})", self.user_id)
    }
}
