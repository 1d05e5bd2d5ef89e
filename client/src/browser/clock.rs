//! The time, from the browser's clock, and put right by our server's.

use shared::timestamp::Timestamp;
use std::cell::Cell;

thread_local! {
    /// By how much our server's clock is ahead of this browser's, in milliseconds.
    static AHEAD: Cell<f64> = const { Cell::new(0.0) };
}

/// The last second of the year 9999.
const LATEST: i64 = 253_402_300_799;

/// Now, to the second. A clock before 1970 or after 9999 counts as that limit.
///
/// # Panics
/// Never: all of these years are timestamps.
pub fn now() -> Timestamp {
    timestamp(js_sys::Date::now())
}

/// Now, by the clock of our server as far as it is known. Clocks of browsers are an hour off now and then,
/// and whoever is signed in must not notice.
///
/// # Panics
/// Never, as [`now`].
pub fn server_now() -> Timestamp {
    timestamp(js_sys::Date::now() + AHEAD.get())
}

/// Learns the time of our server from the `Date` of an answer that has just come in.
pub fn learn(date: &str) {
    let ahead = js_sys::Date::parse(date) - js_sys::Date::now();
    if ahead.is_finite() {
        AHEAD.set(ahead);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "JavaScript counts milliseconds in a float; whole seconds are meant, and fit"
)]
fn timestamp(millis: f64) -> Timestamp {
    let seconds = (millis / 1000.0) as i64;
    Timestamp::from_unix(seconds.clamp(0, LATEST)).expect("a year from 1970 to 9999")
}
