//! Work on large lists is done apart from the threads that serve requests.

/// Bytes from which on a list is worked on elsewhere: reading that many takes about a millisecond.
const LARGE: usize = 128 * 1024;

/// How far the work steps back behind what serves requests, as `nice` counts: a processor that is asked for by both goes to a
/// request nine times in ten.
const NICE: i32 = 10;

/// Does work on so many bytes; others are served meanwhile.
pub(crate) async fn apart<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    if bytes < LARGE {
        return work();
    }
    blocking(move || {
        // A thread of its own: one that has stepped back may not come forward again. Those that it starts step back as well.
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                // Where the system does not know this, all are equal.
                let _ = rustix::process::setpriority_process(None, NICE);
                work()
            });
            match thread.join() {
                Ok(done) => done,
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        })
    })
    .await
}

/// The same, of what nobody waits for.
pub(super) fn apart_unawaited(bytes: usize, work: impl FnOnce() + Send + 'static) {
    if bytes < LARGE {
        work();
    } else {
        tokio::task::spawn_blocking(work);
    }
}

/// Does what takes long, or waits without giving way; others are served meanwhile.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // It panicked: so does this request, and is answered as any that does.
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
