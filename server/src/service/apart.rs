//! Work on large lists is done apart from the threads that serve requests.

/// Bytes from which on a list is worked on elsewhere: reading that many takes about a millisecond.
const LARGE: usize = 128 * 1024;

/// Does work on so many bytes; others are served meanwhile.
pub(super) async fn apart<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    if bytes < LARGE {
        return work();
    }
    blocking(work).await
}

/// Does what takes long, or waits without giving way; others are served meanwhile.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // It panicked: so does this request, and is answered as any that does.
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
