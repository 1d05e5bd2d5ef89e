//! The person a token belongs to.

use shared::api::{Group, Me};
use shared::email::NormalizedEmail;
use std::fmt;
use uuid::Uuid;

/// A person as the auth server describes them. The id owns everything that this person's requests
/// touch; no request names another owner.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedUser {
    pub user_id: Uuid,
    /// The address in the spelling of the auth server.
    pub email: String,
    pub email_verified: bool,
    pub name: String,
    pub group: Option<Group>,
}

impl VerifiedUser {
    /// The verified address in normalized form. Legacy data is looked up for no other address.
    /// Returns `None` if the address is not verified or not valid.
    pub fn proven_email(&self) -> Option<NormalizedEmail> {
        self.email_verified
            .then(|| NormalizedEmail::parse(&self.email))
            .flatten()
    }

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
