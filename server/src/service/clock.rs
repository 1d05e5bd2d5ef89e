//! The only place that reads the clock.

use shared::timestamp::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, to the second.
pub(crate) fn now() -> Timestamp {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    i64::try_from(seconds)
        .ok()
        .and_then(Timestamp::from_unix)
        .unwrap_or(Timestamp::EPOCH)
}
