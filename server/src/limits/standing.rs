//! How much of a limit is left, and the fields that say so.

use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// What a quota is for, in seconds.
pub(super) const WINDOW: u64 = 60;

/// What is left of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose quota it is: `address` or `user`.
    pub name: &'static str,
    /// Requests a minute.
    pub quota: u32,
    /// Requests that are left now.
    pub remaining: u32,
    /// Seconds until all of them are back.
    pub reset: u64,
}

/// The standings of one request. It travels with the request, because the user is known later than the
/// address.
#[derive(Clone, Default)]
pub struct Standings(Arc<Mutex<Vec<Standing>>>);

impl Standings {
    /// Adds one.
    pub fn note(&self, standing: Standing) {
        self.lock().push(standing);
    }

    /// Writes the fields of all of them.
    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in fields(&self.lock()) {
            headers.insert(name, value);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Standing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `RateLimit-Policy` and `RateLimit`, both lists (RFC 9651); none for no limit.
pub fn fields(standings: &[Standing]) -> Vec<(HeaderName, HeaderValue)> {
    if standings.is_empty() {
        return Vec::new();
    }
    let (mut policy, mut limit) = (String::new(), String::new());
    for standing in standings {
        let Standing {
            name,
            quota,
            remaining,
            reset,
        } = standing;
        let comma = if policy.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(policy, "{comma}\"{name}\";q={quota};w={WINDOW}");
        let _ = write!(limit, "{comma}\"{name}\";r={remaining};t={reset}");
    }
    let field = |name, value: &str| {
        // Letters, digits and punctuation only.
        let value = HeaderValue::from_str(value).ok()?;
        Some((HeaderName::from_static(name), value))
    };
    [
        field("ratelimit-policy", &policy),
        field("ratelimit", &limit),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_lists_with_one_entry_a_quota() {
        let standing = |name, remaining| Standing {
            name,
            quota: 600,
            remaining,
            reset: 3,
        };
        let fields = fields(&[standing("address", 570), standing("user", 599)]);
        let text = |at: usize| fields[at].1.to_str().expect("text");
        assert_eq!(text(0), r#""address";q=600;w=60, "user";q=600;w=60"#);
        assert_eq!(text(1), r#""address";r=570;t=3, "user";r=599;t=3"#);
    }
}
