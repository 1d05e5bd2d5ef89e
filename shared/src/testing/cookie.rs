//! The laws of the session cookie. Each law panics when broken.
//!
//! The signature is computed a second time here, from RFC 2104 and SHA-1 alone, so that the laws do
//! not use the code that they check.
#![allow(clippy::missing_panics_doc, reason = "a law panics when it is broken")]

use super::byte_source::ByteSource;
use crate::session_cookie::verify;
use sha1::{Digest, Sha1};
use uuid::Uuid;

/// The lengths of `<uuid>` and of `<uuid>:<20 hex digits>`.
const ID: usize = 36;
const COOKIE: usize = ID + 1 + 20;

/// The block size of SHA-1. A longer secret is hashed first.
const BLOCK: usize = 64;

/// Checks that exactly the values signed with a secret are accepted, and that nothing panics. The
/// bytes are a secret, the id of a session, and changes to its cookie.
pub fn any_cookie(bytes: &[u8]) {
    let Some((&length, rest)) = bytes.split_first() else {
        return;
    };
    let (secret, rest) = rest.split_at(rest.len().min(usize::from(length) % (2 * BLOCK)));
    let (id, rest) = rest.split_at(rest.len().min(16));
    let session = Uuid::from_u128(id.iter().fold(0, |id, &byte| id << 8 | u128::from(byte)));
    let cookie = signed(secret, &session.to_string());
    assert_eq!(verify(secret, &cookie), Some(session), "signed");
    no_other_byte_is_accepted(secret, &cookie, rest);
    no_other_session_is_accepted(secret, session, &cookie);
    no_other_secret_is_accepted(secret, &cookie);
    for value in [
        changed(&cookie, rest),
        String::from_utf8_lossy(rest).into_owned(),
    ] {
        assert_eq!(
            verify(secret, &value),
            expected(secret, &value),
            "{value:?}"
        );
    }
}

/// Changes every single byte of the cookie.
fn no_other_byte_is_accepted(secret: &[u8], cookie: &str, bytes: &[u8]) {
    let mut random = ByteSource::new(bytes);
    for at in 0..COOKIE {
        let mut other = cookie.as_bytes().to_vec();
        // ASCII remains ASCII, so that the value is still text.
        other[at] ^= 1 << random.below(7);
        let other = String::from_utf8(other).expect("ASCII");
        assert_eq!(verify(secret, &other), None, "{other:?}");
        // A check that ignores case would accept this.
        let mut upper = cookie.as_bytes().to_vec();
        upper[at].make_ascii_uppercase();
        if upper != cookie.as_bytes() {
            let upper = String::from_utf8(upper).expect("ASCII");
            assert_eq!(verify(secret, &upper), None, "{upper:?}");
        }
        assert_eq!(verify(secret, &cookie[..at]), None, "cut at {at}");
        assert_eq!(verify(secret, &cookie[at + 1..]), None, "cut before {at}");
    }
}

fn no_other_session_is_accepted(secret: &[u8], session: Uuid, cookie: &str) {
    let signature = &cookie[ID..];
    for bit in 0..128 {
        let other = Uuid::from_u128(session.as_u128() ^ (1 << bit));
        assert_eq!(verify(secret, &format!("{other}{signature}")), None);
    }
    // Other spellings of the id, each signed as spelled.
    for spelling in [
        session.simple().to_string(),
        session.braced().to_string(),
        session.urn().to_string(),
    ] {
        assert_eq!(verify(secret, &signed(secret, &spelling)), None);
    }
}

fn no_other_secret_is_accepted(secret: &[u8], cookie: &str) {
    // A zero at the end would be the same secret to HMAC.
    let longer = [secret, b"x"].concat();
    assert_eq!(verify(&longer, cookie), None);
}

/// Makes up to eight changes to the cookie. Each replaces, inserts or removes a character.
fn changed(cookie: &str, bytes: &[u8]) -> String {
    let mut random = ByteSource::new(bytes);
    let mut characters: Vec<char> = cookie.chars().collect();
    for _ in 0..random.below(9) {
        let at = random.below(characters.len());
        let character = char::from(u8::try_from(random.below(256)).expect("a byte"));
        match random.below(4) {
            0 if at < characters.len() => characters[at] = character,
            1 if at < characters.len() => drop(characters.remove(at)),
            2 => characters.push(character),
            _ => characters.insert(at, character),
        }
    }
    characters.into_iter().collect()
}

/// Returns the session of a value that GN2 could have written, byte for byte.
fn expected(secret: &[u8], value: &str) -> Option<Uuid> {
    let id = value.get(..ID)?;
    let as_written = id.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    });
    if !as_written || value != signed(secret, id) {
        return None;
    }
    let digits = id.replace('-', "");
    Some(Uuid::from_u128(
        u128::from_str_radix(&digits, 16).expect("hex digits"),
    ))
}

/// Returns the cookie of an id, with the first 20 hex digits of HMAC-SHA1.
fn signed(secret: &[u8], id: &str) -> String {
    let signature = hmac_sha1(secret, id.as_bytes());
    let digits = signature.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = digits
        .take(20)
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]));
    let mut cookie = format!("{id}:");
    cookie.extend(digits);
    cookie
}

/// Returns HMAC-SHA1 as RFC 2104, section 2, defines it.
pub(super) fn hmac_sha1(secret: &[u8], message: &[u8]) -> [u8; 20] {
    let mut key = [0; BLOCK];
    if secret.len() > BLOCK {
        key[..20].copy_from_slice(&Sha1::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let inner = Sha1::digest([&key.map(|byte| byte ^ 0x36)[..], message].concat());
    Sha1::digest([&key.map(|byte| byte ^ 0x5c)[..], &inner[..]].concat()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reference_signature_matches_rfc_2202() {
        assert_eq!(
            signed(b"Jefe", "what do ya want for nothing?"),
            "what do ya want for nothing?:effcdf6ae5eb2fa2d274"
        );
        let long = "Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            signed(&[0xaa; 80], long),
            format!("{long}:aa4ae5e15272d00e9570")
        );
    }

    proptest! {
        #[test]
        fn exactly_signed_cookies_are_accepted(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
            any_cookie(&bytes);
        }
    }
}
