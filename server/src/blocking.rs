//! Runs CPU work on large values outside the threads that serve requests.

/// Values of this many bytes take about a millisecond to parse.
const LARGE: usize = 128 * 1024;

/// Runs work on a value of `bytes` bytes: at once if the value is small, else on a thread for
/// blocking work.
pub(crate) async fn run_blocking<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    if bytes < LARGE {
        return work();
    }
    run_on_blocking_thread(work).await
}

/// Runs work on a thread for blocking work.
pub(crate) async fn run_on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        // A panic of the work becomes a panic of the request, which is answered like any other.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
