//! The sessions of today's GN2, which Flask-Session keeps in Redis.
//!
//! - [`cookie`]: the signed cookie that proves a session
//! - `pickle`: reads sessions of Flask-Session before 0.7
//! - `messagepack`: reads sessions of Flask-Session 0.8
//! - `session_value`: a value of a session in either format

pub mod cookie;
mod messagepack;
mod pickle;
mod session_value;

pub use cookie::SessionId;

use messagepack::MessagePack;
use pickle::Pickle;
use session_value::SessionValue;
use uuid::Uuid;

/// The largest session that is read, in bytes. GN2's have less than 4 KiB.
pub const MAX_BYTES: usize = 64 * 1024;

/// The key under which GN2 keeps everything about a visitor.
const SESSION_INFO: &str = "GN::2::session_info";

/// The reason why a stored session cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableSession {
    /// The session has more than [`MAX_BYTES`].
    #[error("it is larger than 64 KiB")]
    TooLarge,
    /// The value is a damaged pickle, or one with an instruction that no session needs.
    #[error("it is no pickle of plain values")]
    Pickle,
    /// The value is neither a pickle nor MessagePack.
    #[error("it is neither a pickle nor MessagePack")]
    MessagePack,
}

/// Returns the id under which the anonymous collections of a stored session are kept, or `None` if
/// the visitor is signed in or the session has no such id.
///
/// # Errors
/// [`UnreadableSession`] if the value is too large, damaged or malicious.
pub fn anonymous_id(stored: &[u8]) -> Result<Option<Uuid>, UnreadableSession> {
    if stored.len() > MAX_BYTES {
        return Err(UnreadableSession::TooLarge);
    }
    if pickle::is_pickle(stored) {
        let pickle = Pickle::read(stored).ok_or(UnreadableSession::Pickle)?;
        return Ok(anonymous_id_in(pickle.root()));
    }
    let session = MessagePack::read(stored).ok_or(UnreadableSession::MessagePack)?;
    Ok(anonymous_id_in(session.root()))
}

/// Returns the id of a session that says it is not signed in. A session that says nothing proves
/// nothing.
fn anonymous_id_in<'v, V: SessionValue<'v>>(session: V) -> Option<Uuid> {
    let info = session.get(SESSION_INFO)?;
    let is_signed_in = info.get("user")?.get("logged_in")?.as_bool()?;
    info.get("anon_id")?.as_uuid().filter(|_| !is_signed_in)
}

#[cfg(test)]
mod tests;
