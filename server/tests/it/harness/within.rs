//! Time limits that hold on a busy machine too.

use std::pin::pin;
use std::time::Duration;

/// How finely time is counted.
const STEP: Duration = Duration::from_millis(50);

/// Waits for what has to come within this time. Time in which the machine lets nobody here go on does not count: however long it
/// is, it is one step.
pub(crate) async fn within<T>(limit: Duration, what: &str, answer: impl Future<Output = T>) -> T {
    let mut answer = pin!(answer);
    let mut passed = Duration::ZERO;
    loop {
        tokio::select! {
            biased;
            answer = &mut answer => return answer,
            () = tokio::time::sleep(STEP) => passed += STEP,
        }
        assert!(passed < limit, "{what}: not within {limit:?}");
    }
}
