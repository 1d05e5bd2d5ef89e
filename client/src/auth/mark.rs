//! What the tabs of this browser must know of a mediated sign-in that is not settled.
//!
//! The session is in a cookie that outlives the page, so this has to outlive it too. It is no secret.

use web_sys::Storage;

const KEY: &str = "gnc:sign-in";

/// Why the session in the cookie cannot simply be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nobody has said yet that it is theirs.
    Unconfirmed,
    /// The person has signed out, but our server has not heard of it yet.
    Ending,
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Ending => "ending",
        }
    }
}

/// The mark of this browser.
pub fn read() -> Option<Mark> {
    let text = storage()?.get_item(KEY).ok()??;
    [Mark::Unconfirmed, Mark::Ending]
        .into_iter()
        .find(|mark| mark.as_str() == text)
}

/// Sets or removes it. A browser that forbids storage lets nobody sign in: see [`super::pending`].
pub fn write(mark: Option<Mark>) {
    let Some(storage) = storage() else { return };
    let _ = match mark {
        Some(mark) => storage.set_item(KEY, mark.as_str()),
        None => storage.remove_item(KEY),
    };
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
