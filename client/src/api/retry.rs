//! Asks again after an error that will pass.

use super::ApiError;
use crate::browser::wake::wait;
use std::iter;

/// Pauses before asking again, in milliseconds: 1, 2, 4, 8 and then every 15 seconds.
pub fn endless() -> impl Iterator<Item = u32> {
    [1_000, 2_000, 4_000, 8_000]
        .into_iter()
        .chain(iter::repeat(15_000))
}

/// Pauses while somebody waits for the outcome of a click, in milliseconds.
pub fn brief() -> impl Iterator<Item = u32> {
    [1_000, 2_000, 4_000].into_iter()
}

/// Asks until there is a result, an error that `passes` says will not pass, or no pause is left. A pause
/// ends early when the network or the page comes back; `trouble` hears of each error before its pause.
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

/// Pauses, if a pause is left. Not generic, because what is generic is compiled again for each type.
async fn pause(
    error: &ApiError,
    delays: &mut dyn Iterator<Item = u32>,
    trouble: &dyn Fn(&ApiError),
) -> bool {
    let Some(pause) = delays.next() else {
        return false;
    };
    trouble(error);
    wait(pause).await;
    true
}
