//! The unsettled state of a sign-in through our server.
//!
//! The session lives in a cookie that outlives the page, so this state is kept in localStorage for
//! all tabs. It holds no secret.

use web_sys::Storage;

const KEY: &str = "gnc:sign-in";

/// Why the session of the cookie cannot simply be resumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingSession {
    /// The person has not confirmed the identity yet.
    Unconfirmed,
    /// The person has signed out, but our server has not been told yet.
    SigningOut,
}

impl PendingSession {
    fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::SigningOut => "ending",
        }
    }
}

pub fn read() -> Option<PendingSession> {
    let text = storage()?.get_item(KEY).ok()??;
    [PendingSession::Unconfirmed, PendingSession::SigningOut]
        .into_iter()
        .find(|pending| pending.as_str() == text)
}

/// Sets or removes the state. A browser that forbids storage cannot sign in anyway: see
/// [`super::attempt_storage`].
pub fn write(pending: Option<PendingSession>) {
    let Some(storage) = storage() else { return };
    let _ = match pending {
        Some(pending) => storage.set_item(KEY, pending.as_str()),
        None => storage.remove_item(KEY),
    };
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
