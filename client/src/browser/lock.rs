//! Locks that all tabs of this page share (Web Locks).

use futures_channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A lock that is held until this drops.
#[derive(Debug)]
#[must_use = "dropping it gives the lock back"]
pub struct Held(Option<Function>);

/// Waits until no other tab holds the lock of this name. Where the browser has no locks, nobody waits.
pub async fn acquire(name: &str) -> Held {
    let (tell, granted) = oneshot::channel();
    let mut tell = Some(tell);
    // The browser calls this when the lock is ours, and holds it until the promise is settled.
    let hold = Closure::once_into_js(move |_: JsValue| {
        Promise::new(&mut |release, _| {
            if let Some(Err(release)) = tell.take().map(|tell| tell.send(release)) {
                give_back(&release);
            }
        })
    });
    match request(name, &hold) {
        Some(()) => Held(granted.await.ok()),
        None => Held(None),
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            give_back(release);
        }
    }
}

fn give_back(release: &Function) {
    // To settle a promise cannot fail.
    let _ = release.call0(&JsValue::UNDEFINED);
}

fn request(name: &str, hold: &JsValue) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    request.call2(&locks, &name.into(), hold).ok()?;
    Some(())
}
