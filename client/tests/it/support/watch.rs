//! Waits for a state without polling.

use futures_channel::mpsc;
use futures_util::StreamExt;
use yew::Callback;

/// Receives states, and keeps the last one.
#[derive(Debug)]
pub(crate) struct Watch<T> {
    states: mpsc::UnboundedReceiver<T>,
    last: Option<T>,
}

/// Returns a callback and the watch that receives its arguments.
pub(crate) fn watch<T: Clone + 'static>() -> (Callback<T>, Watch<T>) {
    let (sender, states) = mpsc::unbounded();
    let callback = Callback::from(move |state| {
        // Fails only at the end of a test.
        let _ = sender.unbounded_send(state);
    });
    (callback, Watch { states, last: None })
}

impl<T: Clone> Watch<T> {
    /// Waits for a state that matches, starting with the last one. Without one, the test times out.
    pub(crate) async fn until(&mut self, matches: impl Fn(&T) -> bool) -> T {
        loop {
            if let Some(last) = self.last.as_ref().filter(|last| matches(last)) {
                return last.clone();
            }
            self.last = self.states.next().await;
        }
    }
}
