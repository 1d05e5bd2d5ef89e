//! The laws of GN2's sessions and their cookie. Each law panics when broken.
//!
//! Sessions are written a second time here, as pickle and as MessagePack, so that the laws do not
//! use the code that they check.
#![allow(clippy::missing_panics_doc, reason = "a law panics when it is broken")]

use super::byte_source::ByteSource;
use super::cookie::hmac_sha1;
use crate::flask_session::{anonymous_id, cookie};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

const INFO: &str = "GN::2::session_info";

/// Checks that any bytes are read or refused without harm, that exactly the sessions that are not
/// signed in have an id, and that exactly the signed cookies are accepted. The bytes are a stored
/// session themselves, and also decide on another one.
pub fn any_session(bytes: &[u8]) {
    assert_eq!(anonymous_id(bytes), anonymous_id(bytes), "the same again");
    let mut random = ByteSource::new(bytes);
    let session = Session::random(&mut random);
    for (format, stored) in [
        ("pickle", session.pickle(bytes)),
        ("MessagePack", session.messagepack(bytes)),
    ] {
        assert_eq!(anonymous_id(&stored), Ok(session.expected()), "{format}");
        let extended = [&stored[..], &[random.byte()]].concat();
        assert!(anonymous_id(&extended).is_err(), "{format}, extended");
        let length = usize::from(random.byte()) << 8 | usize::from(random.byte());
        let cut = anonymous_id(&stored[..length % stored.len()]);
        assert_eq!(cut.unwrap_or_default(), None, "{format}, cut");
        // A changed session may have another id, but only if it is readable.
        let mut changed = stored;
        let at = (usize::from(random.byte()) << 8 | usize::from(random.byte())) % changed.len();
        changed[at] ^= random.byte();
        let _ = anonymous_id(&changed);
    }
    any_cookie(bytes, &mut random);
}

/// The content of a session, as far as it matters.
struct Session {
    anon_id: Option<Uuid>,
    logged_in: Option<bool>,
    protocol: u8,
}

impl Session {
    fn random(random: &mut ByteSource<'_>) -> Self {
        let protocol = 2 + u8::try_from(random.below(4)).expect("small");
        let logged_in = random.pick(&[Some(false), Some(true), None]);
        let has_id = !random.one_in(8);
        let id = (0..16).fold(0, |id, _| id << 8 | u128::from(random.byte()));
        Self {
            anon_id: has_id.then(|| Uuid::from_u128(id)),
            logged_in,
            protocol,
        }
    }

    fn expected(&self) -> Option<Uuid> {
        self.anon_id.filter(|_| self.logged_in == Some(false))
    }

    /// Writes a pickle, with `content` under another key.
    fn pickle(&self, content: &[u8]) -> Vec<u8> {
        let mut out = vec![0x80, self.protocol, b'}', b'('];
        pickled_text(&mut out, "content");
        out.push(b'B');
        out.extend(u32::try_from(content.len()).expect("short").to_le_bytes());
        out.extend(content);
        pickled_text(&mut out, INFO);
        out.extend(b"}(");
        if let Some(id) = self.anon_id {
            pickled_text(&mut out, "anon_id");
            out.extend(b"cuuid\nUUID\n)\x81}");
            pickled_text(&mut out, "int");
            // A byte more keeps the number positive.
            out.extend([0x8a, 17]);
            out.extend(id.as_u128().to_le_bytes());
            out.extend(b"\0sb");
        }
        pickled_text(&mut out, "user");
        out.push(b'}');
        if let Some(logged_in) = self.logged_in {
            pickled_text(&mut out, "logged_in");
            out.extend([0x89 - u8::from(logged_in), b's']);
        }
        out.extend(b"uu.");
        out
    }

    /// Writes MessagePack, with `content` under another key.
    fn messagepack(&self, content: &[u8]) -> Vec<u8> {
        let mut out = vec![0x82];
        packed_text(&mut out, "content");
        out.push(0xc6);
        out.extend(u32::try_from(content.len()).expect("short").to_be_bytes());
        out.extend(content);
        packed_text(&mut out, INFO);
        out.push(0x81 + u8::from(self.anon_id.is_some()));
        if let Some(id) = self.anon_id {
            packed_text(&mut out, "anon_id");
            packed_text(&mut out, &id.to_string());
        }
        packed_text(&mut out, "user");
        match self.logged_in {
            None => out.push(0x80),
            Some(logged_in) => {
                out.push(0x81);
                packed_text(&mut out, "logged_in");
                out.push(0xc2 + u8::from(logged_in));
            }
        }
        out
    }
}

fn pickled_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'X');
    out.extend(u32::try_from(text.len()).expect("short").to_le_bytes());
    out.extend(text.as_bytes());
}

fn packed_text(out: &mut Vec<u8>, text: &str) {
    out.extend([0xd9, u8::try_from(text.len()).expect("short")]);
    out.extend(text.as_bytes());
}

/// Checks that the signed cookie is accepted, and no value that differs from it.
fn any_cookie(bytes: &[u8], random: &mut ByteSource<'_>) {
    let secret_key = &bytes[..bytes.len().min(random.below(100))];
    let id = URL_SAFE_NO_PAD.encode(&bytes[bytes.len() - bytes.len().min(32)..]);
    let id = if id.is_empty() { "-".to_owned() } else { id };
    let key = hmac_sha1(secret_key, b"flask-session");
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha1(&key, id.as_bytes()));
    let value = format!("{id}.{signature}");
    let proven = cookie::verify(secret_key, &value).expect("signed");
    assert_eq!(proven.as_str(), id);
    let at = random.byte() as usize % value.len();
    let mut other = value.clone().into_bytes();
    // ASCII remains ASCII, so that the value is still text.
    other[at] ^= 1 << random.below(7);
    let other = String::from_utf8(other).expect("ASCII");
    assert_eq!(cookie::verify(secret_key, &other), None, "{other:?}");
    assert_eq!(
        cookie::verify(secret_key, &value[..at]),
        None,
        "cut at {at}"
    );
    assert_eq!(cookie::verify(secret_key, &value[at + 1..]), None, "cut");
    let another_key = [secret_key, b"x"].concat();
    assert_eq!(cookie::verify(&another_key, &value), None, "another key");
    let _ = cookie::verify(secret_key, &String::from_utf8_lossy(bytes));
}

#[cfg(test)]
mod tests {
    use super::any_session;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exactly_anonymous_sessions_have_an_id(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
            any_session(&bytes);
        }
    }
}
