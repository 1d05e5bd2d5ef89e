//! Time limits that hold on a busy machine too.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

const STEP: Duration = Duration::from_millis(50);

/// Waits for a result within a time limit. A pause of the whole machine counts as one step, however
/// long it is. Time in which the server blocks its threads counts fully.
pub(crate) async fn within<T>(limit: Duration, what: &str, answer: impl Future<Output = T>) -> T {
    let clock = Clock::start();
    let mut answer = pin!(answer);
    loop {
        let answer = tokio::select! {
            biased;
            answer = &mut answer => Some(answer),
            () = tokio::time::sleep(STEP) => None,
        };
        assert!(clock.passed() < limit, "{what}: not within {limit:?}");
        if let Some(answer) = answer {
            return answer;
        }
    }
}

/// Counts steps on its own thread, which pauses together with the machine.
struct Clock {
    steps: Arc<AtomicU32>,
    _end: Sender<()>,
}

impl Clock {
    fn start() -> Self {
        let steps = Arc::new(AtomicU32::new(0));
        let (end, ended) = mpsc::channel();
        let counted = steps.clone();
        thread::spawn(move || {
            while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { steps, _end: end }
    }

    fn passed(&self) -> Duration {
        STEP * self.steps.load(Ordering::Relaxed)
    }
}

#[tokio::test]
#[should_panic(expected = "an answer: not within 200ms")]
async fn blocking_server_exceeds_the_limit() {
    let blocking = async { thread::sleep(Duration::from_millis(600)) };
    within(Duration::from_millis(200), "an answer", blocking).await;
}
