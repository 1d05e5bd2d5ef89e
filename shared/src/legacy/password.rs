//! The password of a record of GN2's `users` hash: PBKDF2 parameters and the derived key.

use crate::collection::hex;
use crate::raw_json::{Object, text};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU32;

/// A shorter derived key would be found by chance; an empty one would fit every password.
const MIN_KEY_BYTES: usize = 16;
/// GN2 derives 32 bytes.
const MAX_KEY_BYTES: usize = 64;

/// The hash functions with which GN2 derived keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashFunction {
    /// HMAC-SHA-256, as in newer records.
    Sha256,
    /// HMAC-SHA-1, as in older ones.
    Sha1,
}

impl HashFunction {
    /// The length of one block of a derived key, in bytes.
    pub fn block_bytes(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha1 => 20,
        }
    }
}

/// A stored password. `Debug` shows no part of it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword {
    /// The hash function of the derivation.
    pub function: HashFunction,
    /// The base64 text of the salt itself, as GN2 uses it, not the bytes that it encodes.
    pub salt: Vec<u8>,
    /// The number of iterations, which the record names and nobody has checked.
    pub iterations: NonZeroU32,
    /// The derived key.
    pub key: Vec<u8>,
}

impl StoredPassword {
    /// Reads the `password` of a record. Returns `None` if there is none that can be checked, as in
    /// accounts made by GitHub or ORCID sign-in.
    pub fn read(record: &[u8]) -> Option<Self> {
        let record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
        let raw = record.get("password")?;
        // Some records hold the object as a JSON string.
        let password = text(raw).unwrap_or(Cow::Borrowed(raw));
        let password = Object::parse(&password).ok()?;
        let field = |name: &str| password.get(name).and_then(text);
        let function = match field("hashfunc")?.as_ref() {
            "sha256" => HashFunction::Sha256,
            "sha1" => HashFunction::Sha1,
            _ => return None,
        };
        let key = bytes_of_hex(&field("password")?)?;
        let is_known = field("algorithm")? == "pbkdf2"
            && password.get("keylength")?.parse() == Ok(key.len())
            && (MIN_KEY_BYTES..=MAX_KEY_BYTES).contains(&key.len());
        is_known.then_some(Self {
            function,
            salt: field("salt")?.into_owned().into_bytes(),
            iterations: password.get("iterations")?.parse().ok()?,
            key,
        })
    }

    /// The work of one check: iterations of the hash function, over all blocks of the key.
    pub fn work(&self) -> u64 {
        let blocks = self.key.len().div_ceil(self.function.block_bytes());
        u64::from(self.iterations.get()).saturating_mul(blocks as u64)
    }
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredPassword(…)")
    }
}

/// Returns a hash that changes with the record's `password`, or `None` without one.
pub fn password_fingerprint(record: &[u8]) -> Option<String> {
    let record = Object::parse(std::str::from_utf8(record).ok()?).ok()?;
    Some(hex(&Sha256::digest(record.get("password")?)))
}

fn bytes_of_hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| match *pair {
            [high, low] => u8::try_from(digit(high)? << 4 | digit(low)?).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = r#"{"algorithm": "pbkdf2", "hashfunc": "sha256", "salt": "c2FsdA==", "iterations": 100000, "keylength": 16, "created_timestamp": "2017-02-22T08:42:00", "password": "000102030405060708090a0b0c0d0eff"}"#;

    fn record(password: &str) -> Vec<u8> {
        format!(r#"{{"user_id": "x", "password": {password}}}"#).into_bytes()
    }

    fn read(password: &str) -> Option<StoredPassword> {
        StoredPassword::read(&record(password))
    }

    #[test]
    fn password_is_read_as_object_and_as_json_string() {
        let stored = read(PASSWORD).expect("a password");
        assert_eq!(stored.function, HashFunction::Sha256);
        assert_eq!(stored.salt, b"c2FsdA==");
        assert_eq!(stored.iterations.get(), 100_000);
        assert_eq!((stored.key[1], stored.key[15]), (1, 255));
        let string = serde_json::to_string(PASSWORD).expect("a string");
        assert!(read(&string) == Some(stored));
    }

    #[test]
    fn work_counts_every_block_of_the_key() {
        let work = |password: &str| read(password).expect("a password").work();
        assert_eq!(work(PASSWORD), 100_000);
        let key = "0f".repeat(32);
        let sha1 = PASSWORD
            .replace("sha256", "sha1")
            .replace("000102030405060708090a0b0c0d0eff", &key)
            .replace("\"keylength\": 16", "\"keylength\": 32");
        assert_eq!(work(&sha1), 200_000);
    }

    #[test]
    fn password_that_cannot_be_checked_is_none() {
        for (part, other) in [
            ("pbkdf2", "bcrypt"),
            ("sha256", "md5"),
            ("100000", "0"),
            ("100000", "-1"),
            ("100000", "\"100000\""),
            ("100000", "5000000000"),
            ("\"keylength\": 16", "\"keylength\": 32"),
            ("000102030405060708090a0b0c0d0eff", ""),
            ("000102030405060708090a0b0c0d0eff", "0001020304050607"),
            (
                "000102030405060708090a0b0c0d0eff",
                "xx0102030405060708090a0b0c0d0eff",
            ),
            (
                "000102030405060708090a0b0c0d0eff",
                "00010203040506070809a0b0c0d0eff",
            ),
        ] {
            assert!(PASSWORD.contains(part));
            assert!(read(&PASSWORD.replace(part, other)).is_none(), "{other}");
        }
        for password in ["null", "\"\"", "{}", "7", "\"{}\""] {
            assert!(read(password).is_none(), "{password}");
        }
        assert!(StoredPassword::read(b"{}").is_none());
        let empty = PASSWORD
            .replace("000102030405060708090a0b0c0d0eff", "")
            .replace("\"keylength\": 16", "\"keylength\": 0");
        assert!(read(&empty).is_none(), "it would fit every password");
    }

    #[test]
    fn fingerprint_changes_with_the_password_only() {
        let fingerprint = password_fingerprint(&record(PASSWORD));
        assert!(fingerprint.is_some());
        let renamed = record(PASSWORD);
        let renamed = String::from_utf8(renamed).expect("text");
        let renamed = renamed.replace(r#""user_id": "x""#, r#""user_id": "y""#);
        assert_eq!(password_fingerprint(renamed.as_bytes()), fingerprint);
        let changed = record(&PASSWORD.replace("eff", "e00"));
        assert_ne!(password_fingerprint(&changed), fingerprint);
        assert_eq!(password_fingerprint(b"{}"), None);
    }

    #[test]
    fn debug_shows_nothing() {
        let stored = read(PASSWORD).expect("a password");
        assert_eq!(format!("{stored:?}"), "StoredPassword(…)");
    }
}
