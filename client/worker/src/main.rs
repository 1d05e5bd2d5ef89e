//! Listens to the page. `static/worker_loader.js` starts this.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use worker::{PROTOCOL, pack, unpack, work};

fn main() {
    let scope = js_sys::global().unchecked_into::<DedicatedWorkerGlobalScope>();
    let heard = {
        let scope = scope.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            // Nothing back means that this is not the worker for that page.
            let answer = answer(&event.data()).unwrap_or(JsValue::NULL);
            let handed_over = match answer.dyn_ref::<Uint8Array>() {
                Some(bytes) => Array::of1(&bytes.buffer()),
                None => Array::new(),
            };
            // Bytes can always be handed over.
            let _ = scope.post_message_with_transfer(&answer, &handed_over);
        })
    };
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    // What the page sent before now would have been lost: it waits for this.
    let _ = scope.post_message(&JsValue::from(PROTOCOL));
}

fn answer(asked: &JsValue) -> Option<JsValue> {
    let bytes = asked.dyn_ref::<Uint8Array>()?.to_vec();
    let answer = work(unpack(&bytes)?);
    Some(Uint8Array::from(pack(&answer)?.as_slice()).into())
}
