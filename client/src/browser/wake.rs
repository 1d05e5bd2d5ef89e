//! Waiting that ends early when the network or the page comes back.

use futures_channel::oneshot;
use futures_util::future::select;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::VisibilityState;

/// Calls `then` whenever the network comes back or the page becomes visible, until the listeners drop.
/// Timers sleep with the laptop, so this is when something may be overdue.
#[must_use = "dropping the listeners ends it"]
pub fn on_wake(then: impl Fn() + 'static) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let then = Rc::new(then);
    let online = {
        let then = then.clone();
        EventListener::new(&window, "online", move |_| then())
    };
    let Some(document) = window.document() else {
        return vec![online];
    };
    let watched = document.clone();
    let visible = EventListener::new(&document, "visibilitychange", move |_| {
        if watched.visibility_state() == VisibilityState::Visible {
            then();
        }
    });
    vec![online, visible]
}

/// Waits for so many milliseconds, or until the next wake.
pub async fn wait(millis: u32) {
    let (woken, wake) = oneshot::channel();
    let woken = Cell::new(Some(woken));
    let _listeners = on_wake(move || {
        if let Some(woken) = woken.take() {
            // Nobody listens any more when the time was up first.
            let _ = woken.send(());
        }
    });
    select(TimeoutFuture::new(millis), wake).await;
}
