//! Work in the background that ends with its owner.

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use std::future::Future;
use wasm_bindgen_futures::spawn_local;

/// A running task. Dropping it ends the task at its next pause.
#[derive(Debug)]
#[must_use = "dropping it ends the task"]
pub struct Task(AbortHandle);

impl Task {
    /// Starts a task.
    pub fn spawn(work: impl Future<Output = ()> + 'static) -> Self {
        Self::start(Box::pin(work))
    }

    /// Not generic, because what is generic is compiled again for each type.
    fn start(work: LocalBoxFuture<'static, ()>) -> Self {
        let (work, handle) = abortable(work);
        spawn_local(async move {
            // Aborted means that the owner is gone, and nobody waits for the outcome.
            let _ = work.await;
        });
        Self(handle)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
