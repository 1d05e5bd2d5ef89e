//! The time, from the browser's clock.

use shared::timestamp::Timestamp;

/// The last second of the year 9999.
const LATEST: i64 = 253_402_300_799;

/// Now, to the second. A clock before 1970 or after 9999 counts as that limit.
///
/// # Panics
/// Never: all of these years are timestamps.
#[expect(
    clippy::cast_possible_truncation,
    reason = "JavaScript counts milliseconds in a float; whole seconds are meant, and fit"
)]
pub fn now() -> Timestamp {
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    Timestamp::from_unix(seconds.clamp(0, LATEST)).expect("a year from 1970 to 9999")
}
