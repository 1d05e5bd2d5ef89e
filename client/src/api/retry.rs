//! Repeats requests after transient errors, and never before the server allows it.

use super::ApiError;
use crate::browser::clock::now_millis;
use crate::browser::wake::wait;
use gloo_timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::iter;
use yew::Callback;

/// The longest wait that a `Retry-After` header can cause, in seconds.
const MAX_RETRY_AFTER: u32 = 60;

thread_local! {
    /// The end of the wait that our server asked for, in milliseconds by this browser's clock.
    static RETRY_AFTER: Cell<f64> = const { Cell::new(0.0) };

    static RETRY_LISTENER: RefCell<Option<RetryListener>> = const { RefCell::new(None) };
}

/// Receives the error that delays a request, and `None` once the request is done.
pub type RetryListener = Callback<Option<ApiError>>;

/// Registers the listener of [`with_retry_notifying`].
pub fn set_retry_listener(listener: RetryListener) {
    RETRY_LISTENER.set(Some(listener));
}

fn notify(error: Option<ApiError>) {
    let listener = RETRY_LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener.emit(error);
    }
}

/// Stores a `Retry-After` header in seconds (RFC 9110, 10.2.3). Dates are ignored, because our
/// server never sends them.
pub(crate) fn store_retry_after(header: &str) {
    if let Ok(seconds) = header.parse::<u32>() {
        RETRY_AFTER.set(now_millis() + f64::from(seconds.min(MAX_RETRY_AFTER)) * 1_000.0);
    }
}

/// Returns how long our server still asks to wait, in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and a minute, even when the clock was set back"
)]
fn remaining_wait() -> u32 {
    let remaining = RETRY_AFTER.get() - now_millis();
    let longest = f64::from(MAX_RETRY_AFTER) * 1_000.0;
    remaining.ceil().clamp(0.0, longest) as u32
}

/// Delays between background requests, in milliseconds; they never end.
pub fn background_delays() -> impl Iterator<Item = u32> {
    [1_000, 2_000, 4_000, 8_000]
        .into_iter()
        .chain(iter::repeat(15_000))
}

const LAST_INTERACTIVE_DELAY: u32 = 4_000;

/// Delays while a person waits for the outcome of a click, in milliseconds.
pub fn interactive_delays() -> impl Iterator<Item = u32> {
    [1_000, 2_000, LAST_INTERACTIVE_DELAY].into_iter()
}

/// Repeats a request until it succeeds, fails with an error that is not `retryable`, or no delay is
/// left; after a 429 one is always left. A delay ends early when the network or the page comes
/// back, unless the server asked for it. `on_error` receives each error before its delay.
pub async fn with_retry<T>(
    request: impl AsyncFn() -> Result<T, ApiError>,
    retryable: fn(&ApiError) -> bool,
    mut delays: impl Iterator<Item = u32>,
    on_error: impl Fn(&ApiError),
) -> Result<T, ApiError> {
    loop {
        let error = match request().await {
            Err(error) if retryable(&error) => error,
            result => return result,
        };
        let Some(delay) = next_delay(&error, &mut delays) else {
            return Err(error);
        };
        on_error(&error);
        wait(delay).await;
        TimeoutFuture::new(remaining_wait()).await;
    }
}

/// Repeats a few times a request that a person has clicked for, and tells the [`RetryListener`] why
/// it takes longer.
pub async fn with_retry_notifying<T>(
    request: impl AsyncFn() -> Result<T, ApiError>,
    retryable: fn(&ApiError) -> bool,
) -> Result<T, ApiError> {
    let notified = Cell::new(false);
    let on_error = |error: &ApiError| {
        notified.set(true);
        notify(Some(error.clone()));
    };
    let result = with_retry(request, retryable, interactive_delays(), on_error).await;
    if notified.get() {
        notify(None);
    }
    result
}

/// Returns the next delay. After a 429 there is always one: the server did nothing yet and says
/// when it accepts the request, so nobody has to click again.
fn next_delay(error: &ApiError, delays: &mut impl Iterator<Item = u32>) -> Option<u32> {
    let rate_limited = error.status() == Some(429);
    delays
        .next()
        .or(rate_limited.then_some(LAST_INTERACTIVE_DELAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(status: u16) -> Vec<u32> {
        let (error, mut delays) = (ApiError::Unexpected { status }, interactive_delays());
        iter::from_fn(|| next_delay(&error, &mut delays))
            .take(6)
            .collect()
    }

    #[test]
    fn retries_after_a_click_are_limited_except_for_rate_limits() {
        assert_eq!(delays(503), [1_000, 2_000, 4_000]);
        assert_eq!(delays(429), [1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
    }
}
