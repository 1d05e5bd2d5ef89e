//! The remaining quota of a request, and its response headers.

use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::{Arc, Mutex, PoisonError};

/// Duration of a quota, in seconds.
pub(super) const WINDOW: u64 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitStatus {
    /// `address` or `user`.
    pub name: &'static str,
    /// Requests per minute.
    pub quota: u32,
    pub remaining: u32,
    /// Seconds until the whole quota is restored.
    pub reset: u64,
}

/// The statuses of one request. Shared with the request, because the user is known later than the
/// address.
#[derive(Clone, Default)]
pub struct RateLimitStatuses(Arc<Mutex<Vec<RateLimitStatus>>>);

impl RateLimitStatuses {
    pub fn add(&self, status: RateLimitStatus) {
        self.lock().push(status);
    }

    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in fields(&self.lock()) {
            headers.insert(name, value);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<RateLimitStatus>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `RateLimit-Policy` and `RateLimit`, both lists (RFC 9651); empty without limits.
pub fn fields(statuses: &[RateLimitStatus]) -> Vec<(HeaderName, HeaderValue)> {
    if statuses.is_empty() {
        return Vec::new();
    }
    let list = |item: fn(&RateLimitStatus) -> String| {
        let items: Vec<String> = statuses.iter().map(item).collect();
        // Names and numbers are valid in headers.
        HeaderValue::from_str(&items.join(", ")).ok()
    };
    let policy = list(|status| format!("\"{}\";q={};w={WINDOW}", status.name, status.quota));
    let limit = list(|status| {
        let RateLimitStatus {
            name,
            remaining,
            reset,
            ..
        } = status;
        format!("\"{name}\";r={remaining};t={reset}")
    });
    [("ratelimit-policy", policy), ("ratelimit", limit)]
        .into_iter()
        .filter_map(|(name, value)| Some((HeaderName::from_static(name), value?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_list_every_quota() {
        let status = |name, remaining| RateLimitStatus {
            name,
            quota: 600,
            remaining,
            reset: 3,
        };
        let fields = fields(&[status("address", 570), status("user", 599)]);
        let text = |at: usize| fields[at].1.to_str().expect("text");
        assert_eq!(text(0), r#""address";q=600;w=60, "user";q=600;w=60"#);
        assert_eq!(text(1), r#""address";r=570;t=3, "user";r=599;t=3"#);
    }
}
