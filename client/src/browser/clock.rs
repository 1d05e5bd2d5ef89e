//! The time of this browser and of our server.

use shared::timestamp::Timestamp;
use std::cell::Cell;

thread_local! {
    /// How far our server's clock is ahead of this browser's, in milliseconds.
    static SERVER_OFFSET: Cell<f64> = const { Cell::new(0.0) };
}

/// The last second of the year 9999.
const LATEST: i64 = 253_402_300_799;

/// The time in seconds. A clock before 1970 or after 9999 counts as that limit.
pub fn now() -> Timestamp {
    timestamp(now_millis())
}

/// The time by this browser's clock, in milliseconds since 1970.
pub fn now_millis() -> f64 {
    js_sys::Date::now()
}

/// The time by our server's clock, as far as it is known. Browser clocks can be an hour off, and
/// sessions must work nevertheless.
pub fn server_now() -> Timestamp {
    timestamp(now_millis() + SERVER_OFFSET.get())
}

/// Reads our server's time from the `Date` header of a new response.
pub fn synchronize(date: &str) {
    let offset = js_sys::Date::parse(date) - now_millis();
    if offset.is_finite() {
        SERVER_OFFSET.set(offset);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "JavaScript counts milliseconds in a float; the whole seconds fit"
)]
fn timestamp(millis: f64) -> Timestamp {
    let seconds = (millis / 1000.0) as i64;
    Timestamp::from_unix(seconds.clamp(0, LATEST)).unwrap_or(Timestamp::EPOCH)
}
