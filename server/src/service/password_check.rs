//! Checks a password against stored ones, with the same work for every answer.
//!
//! Each check spends exactly [`WORK`], whether there are stored passwords or not, so its duration
//! tells nobody whether an account exists. Stored passwords that need more work than is left are
//! not checked: their parameters come from records that nobody has validated.

use crate::blocking::run_on_blocking_thread;
use aws_lc_rs::pbkdf2;
use secrecy::{ExposeSecret, SecretString};
use shared::legacy::{HashFunction, StoredPassword};
use std::num::{NonZeroU32, NonZeroU64};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The iterations of each hash function in one check: for three SHA-256 passwords of 100,000
/// iterations, and for one SHA-1 password of as many with 32 bytes, which are two blocks.
const WORK: [(HashFunction, u32); 2] = [
    (HashFunction::Sha256, 300_000),
    (HashFunction::Sha1, 200_000),
];

/// A check occupies a processor for about a tenth of a second, and people may try again.
const TURN_TIMEOUT: Duration = Duration::from_secs(2);

/// Runs one check at a time in this process.
#[derive(Clone, Default)]
pub struct PasswordChecker(Arc<Mutex<()>>);

/// The right to one check.
pub struct CheckTurn(OwnedMutexGuard<()>);

impl PasswordChecker {
    /// Waits for a turn. Returns `None` if too many others wait.
    pub async fn turn(&self) -> Option<CheckTurn> {
        let turn = Arc::clone(&self.0).lock_owned();
        let turn = tokio::time::timeout(TURN_TIMEOUT, turn).await.ok()?;
        Some(CheckTurn(turn))
    }
}

impl CheckTurn {
    /// Returns which of these stored passwords is this one.
    pub async fn matches(
        self,
        stored: Vec<Option<StoredPassword>>,
        password: SecretString,
    ) -> Vec<bool> {
        run_on_blocking_thread(move || {
            // Also if the request is gone, no other check begins before this one ends.
            let _turn = self.0;
            matches(&stored, password.expose_secret().as_bytes())
        })
        .await
    }
}

fn matches(stored: &[Option<StoredPassword>], password: &[u8]) -> Vec<bool> {
    let mut matches = vec![false; stored.len()];
    for (function, work) in WORK {
        let mut left = u64::from(work);
        for (stored, matches) in stored.iter().zip(&mut matches) {
            let of_function = stored.as_ref().filter(|stored| stored.function == function);
            let Some(stored) = of_function.filter(|stored| stored.work() <= left) else {
                continue;
            };
            left -= stored.work();
            *matches = verify(stored, password);
        }
        spend(function, left, password);
    }
    matches
}

/// Compares in constant time.
fn verify(stored: &StoredPassword, password: &[u8]) -> bool {
    let algorithm = algorithm(stored.function);
    pbkdf2::verify(
        algorithm,
        stored.iterations,
        &stored.salt,
        password,
        &stored.key,
    )
    .is_ok()
}

/// Does the work of this many iterations, each as for a whole block of a stored key.
fn spend(function: HashFunction, work: u64, password: &[u8]) {
    let iterations = NonZeroU64::new(work).and_then(|work| NonZeroU32::try_from(work).ok());
    if let Some(iterations) = iterations {
        let mut key = vec![0; function.block_bytes()];
        pbkdf2::derive(
            algorithm(function),
            iterations,
            b"no account",
            password,
            &mut key,
        );
        std::hint::black_box(key);
    }
}

fn algorithm(function: HashFunction) -> pbkdf2::Algorithm {
    match function {
        HashFunction::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        HashFunction::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6070 (SHA-1) and RFC 7914, 11 (SHA-256), whose parameters GN2's records also have.
    fn stored(function: HashFunction, iterations: u32, key: &str) -> Option<StoredPassword> {
        let name = match function {
            HashFunction::Sha256 => "sha256",
            HashFunction::Sha1 => "sha1",
        };
        let salt = if name == "sha1" { "salt" } else { "NaCl" };
        let length = key.len() / 2;
        let record = format!(
            r#"{{"password": {{"algorithm": "pbkdf2", "hashfunc": "{name}", "salt": "{salt}", "iterations": {iterations}, "keylength": {length}, "password": "{key}"}}}}"#
        );
        let stored = StoredPassword::read(record.as_bytes());
        assert!(stored.is_some(), "{record}");
        stored
    }

    const SHA1: &str = "4b007901b765489abead49d926f721d065a429c1";
    const SHA256: &str = "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d";

    #[test]
    fn published_keys_are_recognised() {
        let sha1 = stored(HashFunction::Sha1, 4096, SHA1);
        let sha256 = stored(HashFunction::Sha256, 80_000, SHA256);
        let all = [None, sha1, sha256];
        assert_eq!(matches(&all, b"password"), [false, true, false]);
        assert_eq!(matches(&all, b"Password"), [false, false, true]);
        assert_eq!(matches(&all, b"passwore"), [false; 3]);
        assert!(matches(&[], b"password").is_empty());
    }

    #[test]
    fn password_beyond_the_work_is_not_checked() {
        // 64 bytes are two blocks.
        let fits = || stored(HashFunction::Sha256, 80_000, SHA256);
        assert_eq!(matches(&[fits(), fits()], b"Password"), [true, false]);
        let endless = stored(HashFunction::Sha256, u32::MAX, SHA256);
        assert_eq!(matches(&[endless, fits()], b"Password"), [false, true]);
    }
}
