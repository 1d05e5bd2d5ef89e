//! The cookie `session` of Flask-Session: `<session id>.<signature>`.
//!
//! The signature is that of itsdangerous' `Signer` with the salt `flask-session`, the key
//! derivation `hmac` and SHA-1. Only a valid signature proves that the visitor owns the session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::fmt;

/// The name of the cookie.
pub const NAME: &str = "session";

const SALT: &[u8] = b"flask-session";

/// The longest id in characters. Flask-Session makes ids of 36 or 43.
const MAX_ID_LENGTH: usize = 128;

/// The id of a session whose cookie was verified.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(String);

impl SessionId {
    /// The id as Redis' key has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}

/// Returns the session that a cookie's value proves, or `None` if the value is not signed with
/// GN2's `SECRET_KEY`. The signature is compared in constant time.
pub fn verify(secret_key: &[u8], value: &str) -> Option<SessionId> {
    let (id, signature) = value.rsplit_once('.')?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(1..=MAX_ID_LENGTH).contains(&id.len()) || !id.bytes().all(is_letter) {
        return None;
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let key = hmac(secret_key, SALT)?.finalize().into_bytes();
    hmac(&key, id.as_bytes())?.verify_slice(&signature).ok()?;
    Some(SessionId(id.to_owned()))
}

fn hmac(key: &[u8], message: &[u8]) -> Option<Hmac<Sha1>> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac)
}
