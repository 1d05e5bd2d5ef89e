//! Waits that end early when the network or the page comes back.

use futures_channel::oneshot;
use futures_util::future::select;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{Event, VisibilityState};

/// Calls `callback` whenever the network comes back or the page becomes visible, until the
/// listeners are dropped. Timers sleep with the laptop, so work may be overdue at these moments.
#[must_use = "dropping the listeners ends the calls"]
pub fn on_wake(callback: impl Fn() + 'static) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let callback = Rc::new(callback);
    let online = {
        let callback = callback.clone();
        EventListener::new(&window, "online", move |_| callback())
    };
    let Some(document) = window.document() else {
        return vec![online];
    };
    let target = document.clone();
    let visible = EventListener::new(&target, "visibilitychange", move |_| {
        if document.visibility_state() == VisibilityState::Visible {
            callback();
        }
    });
    vec![online, visible]
}

/// The event of [`end_waits`].
const END_WAITS: &str = "gnc-end-waits";

/// Ends all waits now, because the person does not want to wait.
pub fn end_waits() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(END_WAITS)) {
        // Fails only for an event that is being dispatched.
        let _ = window.dispatch_event(&event);
    }
}

/// Waits for this time, or until the next wake.
pub async fn wait(millis: u32) {
    let (sender, woken) = oneshot::channel();
    let sender = Rc::new(Cell::new(Some(sender)));
    let end = move || {
        if let Some(sender) = sender.take() {
            // Fails only after the timeout.
            let _ = sender.send(());
        }
    };
    let _on_end = web_sys::window().map(|window| {
        let end = end.clone();
        EventListener::new(&window, END_WAITS, move |_| end())
    });
    let _listeners = on_wake(end);
    select(TimeoutFuture::new(millis), woken).await;
}
