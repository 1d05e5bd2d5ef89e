//! The cookie `anon_user_v1` that GN2 gave to visitors without an account: `<uuid>:<signature>`.
//!
//! Only a valid signature proves that the visitor owns the session. An id alone proves nothing.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use uuid::Uuid;

/// The name of the cookie.
pub const NAME: &str = "anon_user_v1";

/// The length of the signature in bytes. GN2 keeps the first 20 hex digits.
const SIGNATURE_BYTES: usize = 10;

/// Returns the session that a cookie's value proves, or `None` if the value is not signed with this
/// secret. The signature is compared in constant time.
pub fn verify(secret: &[u8], value: &str) -> Option<Uuid> {
    let (id, signature) = value.split_once(':')?;
    let session = Uuid::parse_str(id).ok()?;
    // GN2 signs the id as it writes it. Another spelling is another message.
    if session.hyphenated().to_string() != id {
        return None;
    }
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(id.as_bytes());
    mac.verify_truncated_left(&hex_bytes(signature)?).ok()?;
    Some(session)
}

fn hex_bytes(text: &str) -> Option<[u8; SIGNATURE_BYTES]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * SIGNATURE_BYTES {
        return None;
    }
    let mut bytes = [0; SIGNATURE_BYTES];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// GN2 writes lower case only.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"gn2-demo-hmac-secret";
    const COOKIE: &str = "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777:17cab53dfe367ce2b855";

    #[test]
    fn cookie_signed_by_gn2_is_accepted() {
        let session = verify(SECRET, COOKIE).expect("signed");
        assert!(COOKIE.starts_with(&session.to_string()));
    }

    #[test]
    fn any_other_cookie_is_refused() {
        let (id, signature) = COOKIE.split_once(':').expect("two parts");
        for value in [
            String::new(),
            id.to_owned(),
            format!("{id}:"),
            format!("{id}:{}", &signature[..18]),
            format!("{id}:{signature}00"),
            format!("{id}:{}", signature.to_uppercase()),
            format!("{}:{signature}", id.to_uppercase()),
            format!("{id}:17cab53dfe367ce2b854"),
            format!("5c372c9f-724a-4777-9bc2-4cb1a84a951b:{signature}"),
            format!("{id}:\u{e9}7cab53dfe367ce2b85"),
        ] {
            assert_eq!(verify(SECRET, &value), None, "{value}");
        }
        assert_eq!(verify(b"another secret", COOKIE), None);
    }
}
