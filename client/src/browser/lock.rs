//! Locks shared by all tabs of this page (Web Locks).

use futures_channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Releases the lock when it is dropped.
#[derive(Debug)]
#[must_use = "dropping it releases the lock"]
pub struct LockGuard(Option<Function>);

/// Waits until no other tab holds the lock. Does not wait in a browser without locks.
pub async fn acquire(name: &str) -> LockGuard {
    let (sender, granted) = oneshot::channel();
    let mut sender = Some(sender);
    // The browser calls this with the lock granted, and holds it until the promise is settled.
    let on_granted = Closure::once_into_js(move |_: JsValue| {
        Promise::new(&mut |resolve, _| {
            if let Some(Err(resolve)) = sender.take().map(|sender| sender.send(resolve)) {
                release(&resolve);
            }
        })
    });
    match request(name, &on_granted) {
        Some(()) => LockGuard(granted.await.ok()),
        None => LockGuard(None),
    }
}

impl Drop for LockGuard {
    fn drop(&mut self) {
        if let Some(resolve) = &self.0 {
            release(resolve);
        }
    }
}

fn release(resolve: &Function) {
    // Settling a promise cannot fail.
    let _ = resolve.call0(&JsValue::UNDEFINED);
}

fn request(name: &str, on_granted: &JsValue) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    let request: Function = request.dyn_into().ok()?;
    request.call2(&locks, &name.into(), on_granted).ok()?;
    Some(())
}
