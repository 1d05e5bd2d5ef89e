//! Asks again after an error that will pass, and not before the server wants to be asked.

use super::ApiError;
use crate::browser::wake::wait;
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use std::cell::{Cell, RefCell};
use std::iter;
use yew::Callback;

/// The longest that a server can make the page wait, in seconds.
const LONGEST: u32 = 60;

thread_local! {
    /// Until when our server wants not to be asked again, in milliseconds by this browser's clock.
    static NOT_BEFORE: Cell<f64> = const { Cell::new(0.0) };

    /// See [`set_teller`].
    static TELLER: RefCell<Option<Teller>> = const { RefCell::new(None) };
}

/// Hears why something takes longer, and `None` when that is over.
pub type Teller = Callback<Option<ApiError>>;

/// Names who tells people why something that they asked for takes longer.
pub fn set_teller(teller: Teller) {
    TELLER.set(Some(teller));
}

fn tell(error: Option<ApiError>) {
    let teller = TELLER.with_borrow(Clone::clone);
    if let Some(teller) = teller {
        teller.emit(error);
    }
}

/// Heeds the `Retry-After` of a refusal, in seconds (RFC 9110, 10.2.3); at most a minute. A date there is
/// passed over, because our server writes none.
pub(crate) fn heed(retry_after: &str) {
    if let Ok(seconds) = retry_after.parse::<u32>() {
        NOT_BEFORE.set(Date::now() + f64::from(seconds.min(LONGEST)) * 1_000.0);
    }
}

/// How long our server still wants not to be asked, in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between nothing and a minute, even when the clock has been put back meanwhile"
)]
fn asked_to_wait() -> u32 {
    let left = NOT_BEFORE.get() - Date::now();
    left.ceil().clamp(0.0, f64::from(LONGEST) * 1_000.0) as u32
}

/// Pauses before asking again, in milliseconds: 1, 2, 4, 8 and then every 15 seconds.
pub fn endless() -> impl Iterator<Item = u32> {
    [1_000, 2_000, 4_000, 8_000]
        .into_iter()
        .chain(iter::repeat(15_000))
}

/// The last of the pauses of [`brief`], in milliseconds.
const LAST_BRIEF: u32 = 4_000;

/// Pauses while somebody waits for the outcome of a click, in milliseconds.
pub fn brief() -> impl Iterator<Item = u32> {
    [1_000, 2_000, LAST_BRIEF].into_iter()
}

/// Asks until there is a result, an error that `passes` says will not pass, or no pause is left; after a 429 there is always
/// one left. A pause
/// ends early when the network or the page comes back, unless the server asked for it; `trouble` hears of each error
/// before its pause.
pub async fn persist<T>(
    ask: impl AsyncFn() -> Result<T, ApiError>,
    passes: fn(&ApiError) -> bool,
    mut delays: impl Iterator<Item = u32>,
    trouble: impl Fn(&ApiError),
) -> Result<T, ApiError> {
    loop {
        let answer = ask().await;
        let again = match &answer {
            Err(error) if passes(error) => pause(error, &mut delays, &trouble).await,
            _ => false,
        };
        if !again {
            return answer;
        }
    }
}

/// Asks a few times for what somebody has clicked on, and has them told meanwhile why it takes longer.
pub async fn insist<T>(
    ask: impl AsyncFn() -> Result<T, ApiError>,
    passes: fn(&ApiError) -> bool,
) -> Result<T, ApiError> {
    let is_told = Cell::new(false);
    let trouble = |error: &ApiError| {
        is_told.set(true);
        tell(Some(error.clone()));
    };
    let answer = persist(ask, passes, brief(), trouble).await;
    if is_told.get() {
        tell(None);
    }
    answer
}

/// Pauses, if a pause is left. Not generic, because what is generic is compiled again for each type.
async fn pause(
    error: &ApiError,
    delays: &mut dyn Iterator<Item = u32>,
    trouble: &dyn Fn(&ApiError),
) -> bool {
    let Some(pause) = next_pause(error, delays) else {
        return false;
    };
    trouble(error);
    wait(pause).await;
    TimeoutFuture::new(asked_to_wait()).await;
    true
}

/// How long to pause after this error, in milliseconds. What was refused unseen costs nothing, and the server says when it
/// will listen: nobody has to click again.
fn next_pause(error: &ApiError, delays: &mut dyn Iterator<Item = u32>) -> Option<u32> {
    let refused_unseen = error.status() == Some(429);
    delays.next().or(refused_unseen.then_some(LAST_BRIEF))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(status: u16) -> Vec<u32> {
        let (error, mut delays) = (ApiError::Unexpected { status }, brief());
        iter::from_fn(|| next_pause(&error, &mut delays))
            .take(6)
            .collect()
    }

    #[test]
    fn a_click_is_given_up_after_a_few_errors_but_not_for_being_refused_unseen() {
        assert_eq!(pauses(503), [1_000, 2_000, 4_000]);
        assert_eq!(pauses(429), [1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
    }
}
