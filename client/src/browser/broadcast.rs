//! Messages to the other tabs of this page.

use futures_channel::oneshot;
use futures_util::future::select;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Event, MessageEvent};

/// How long [`Channel::settle`] waits at most, in milliseconds.
const SETTLE_TIME_LIMIT: u32 = 1_000;

/// A named channel to all other tabs. In a browser without channels, tabs learn of each other's
/// changes only when they are reloaded.
pub struct Channel {
    inner: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Opens a channel. `on_message` receives the messages of other tabs, and also the markers of
    /// [`Channel::settle`].
    pub fn open(name: &str, mut on_message: impl FnMut(String) + 'static) -> Self {
        let inner = BroadcastChannel::new(name).ok();
        let listener = inner.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                if let Some(text) = data(event).as_string() {
                    on_message(text);
                }
            })
        });
        Self {
            inner,
            _listener: listener,
        }
    }

    pub fn send(&self, message: &str) {
        if let Some(channel) = &self.inner {
            // Fails only after the channel was closed, on drop.
            let _ = channel.post_message(&JsValue::from_str(message));
        }
    }

    /// Waits until all earlier messages on this channel are delivered, those of this tab and those
    /// to this tab. A channel keeps the order of messages, so it suffices to receive a marker that
    /// this tab sends to itself.
    pub async fn settle(&self) {
        let Some(channel) = &self.inner else { return };
        let Ok(marker_channel) = BroadcastChannel::new(&channel.name()) else {
            return;
        };
        let marker = JsValue::from_str(&format!("settle {}", js_sys::Math::random()));
        let (sender, received) = oneshot::channel();
        let sender = Cell::new(Some(sender));
        let expected = marker.clone();
        let _listener = EventListener::new(channel, "message", move |event| {
            if data(event) == expected
                && let Some(sender) = sender.take()
            {
                // Fails only after the time limit.
                let _ = sender.send(());
            }
        });
        if marker_channel.post_message(&marker).is_ok() {
            select(received, TimeoutFuture::new(SETTLE_TIME_LIMIT)).await;
        }
        marker_channel.close();
    }
}

fn data(event: &Event) -> JsValue {
    event
        .dyn_ref::<MessageEvent>()
        .map_or(JsValue::NULL, MessageEvent::data)
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.inner {
            channel.close();
        }
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.inner.as_ref().map(BroadcastChannel::name);
        f.debug_tuple("Channel").field(&name).finish()
    }
}
