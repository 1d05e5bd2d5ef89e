//! Messages to the other tabs of this page.

use futures_channel::oneshot;
use futures_util::future::select;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A named channel. What is sent arrives in every other tab, and never comes back to the sender.
pub struct Channel {
    inner: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Opens a channel and listens. Every listener hears what [`Channel::settle`] says, too. Where the browser has none, tabs learn of each other's changes at
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

    /// Waits until everything that was said on this channel before, here or in other tabs, has been passed
    /// on, and what other tabs said has been heard here: a channel keeps the order of messages, so it is
    /// enough to hear oneself.
    pub async fn settle(&self) {
        let Some(channel) = &self.inner else { return };
        let Ok(voice) = BroadcastChannel::new(&channel.name()) else {
            return;
        };
        let mark = format!("settle {}", js_sys::Math::random());
        let (tell, heard) = oneshot::channel();
        let tell = Cell::new(Some(tell));
        let awaited = JsValue::from_str(&mark);
        let _listener = EventListener::new(channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if message.is_some_and(|data| data == awaited)
                && let Some(tell) = tell.take()
            {
                // Nobody listens any more when the time was up first.
                let _ = tell.send(());
            }
        });
        if voice.post_message(&JsValue::from_str(&mark)).is_ok() {
            select(heard, TimeoutFuture::new(SETTLING)).await;
        }
        voice.close();
    }
}

/// A browser that takes longer than this to pass on a message, in milliseconds, is not waited for.
const SETTLING: u32 = 1_000;

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
