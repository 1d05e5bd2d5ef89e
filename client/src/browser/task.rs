//! Background tasks that end with their owner.

use futures_util::future::{AbortHandle, abortable};
use std::future::Future;
use wasm_bindgen_futures::spawn_local;

/// A background task. Dropping it aborts the task at its next `await`.
#[derive(Debug)]
#[must_use = "dropping it aborts the task"]
pub struct Task(AbortHandle);

impl Task {
    pub fn spawn(future: impl Future<Output = ()> + 'static) -> Self {
        let (future, handle) = abortable(future);
        spawn_local(async move {
            // Once aborted, nobody waits for the outcome.
            let _ = future.await;
        });
        Self(handle)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
