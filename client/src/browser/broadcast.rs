//! Messages to the other tabs of this page.

use gloo_events::EventListener;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A named channel. What is sent arrives in every other tab, and never comes back to the sender.
pub struct Channel {
    inner: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Opens a channel and listens. Where the browser has none, tabs learn of each other's changes at
    /// their next reload only.
    pub fn open(name: &str, mut heard: impl FnMut(String) + 'static) -> Self {
        let inner = BroadcastChannel::new(name).ok();
        let listener = inner.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(text) = message.and_then(|data| data.as_string()) {
                    heard(text);
                }
            })
        });
        Self {
            inner,
            _listener: listener,
        }
    }

    /// Tells the other tabs.
    pub fn send(&self, message: &str) {
        if let Some(channel) = &self.inner {
            // Fails only when the channel is closed, which happens on drop.
            let _ = channel.post_message(&JsValue::from_str(message));
        }
    }
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
