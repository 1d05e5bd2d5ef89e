//! Whether the person is asked to confirm the identity before anything is shown or moved.

use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    NotNeeded,
    /// The authorization response did not prove whose sign-in it is.
    Needed,
    /// The session comes from a cookie, which another host of the same domain may have planted. It
    /// is resumed without a question only for the user whom this browser remembers.
    NeededUnlessRemembered(Option<Uuid>),
}

impl Confirmation {
    pub fn is_needed_for(self, user_id: Uuid) -> bool {
        match self {
            Self::NotNeeded => false,
            Self::Needed => true,
            Self::NeededUnlessRemembered(remembered) => remembered != Some(user_id),
        }
    }
}
