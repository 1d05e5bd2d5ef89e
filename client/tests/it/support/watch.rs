//! Waits for a state to come, without polling.

use futures_channel::mpsc;
use futures_util::StreamExt;
use yew::Callback;

/// Hears of states, and remembers the last.
#[derive(Debug)]
pub(crate) struct Watch<T> {
    states: mpsc::UnboundedReceiver<T>,
    last: Option<T>,
}

/// A callback, and the watch that hears what it is called with.
pub(crate) fn watch<T: Clone + 'static>() -> (Callback<T>, Watch<T>) {
    let (tell, states) = mpsc::unbounded();
    let callback = Callback::from(move |state| {
        // Nobody listens any more at the end of a test.
        let _ = tell.unbounded_send(state);
    });
    (callback, Watch { states, last: None })
}

impl<T: Clone> Watch<T> {
    /// The first state, from the last one heard on, that fits. If none ever comes, the test runs out of
    /// time and fails.
    pub(crate) async fn until(&mut self, fits: impl Fn(&T) -> bool) -> T {
        loop {
            if let Some(last) = self.last.as_ref().filter(|last| fits(last)) {
                return last.clone();
            }
            self.last = self.states.next().await;
        }
    }
}
