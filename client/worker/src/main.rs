//! Receives jobs from the page. `static/worker_loader.js` starts this.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use worker::{PROTOCOL, decode, encode, run};

fn main() {
    let scope = js_sys::global().unchecked_into::<DedicatedWorkerGlobalScope>();
    let on_message = {
        let scope = scope.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            // Null tells the page that this worker belongs to another build.
            let result = run_encoded(&event.data()).unwrap_or(JsValue::NULL);
            let transferred = match result.dyn_ref::<Uint8Array>() {
                Some(bytes) => Array::of1(&bytes.buffer()),
                None => Array::new(),
            };
            // Bytes can always be transferred.
            let _ = scope.post_message_with_transfer(&result, &transferred);
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page waits for this, because earlier messages would be lost.
    let _ = scope.post_message(&JsValue::from(PROTOCOL));
}

fn run_encoded(message: &JsValue) -> Option<JsValue> {
    let bytes = message.dyn_ref::<Uint8Array>()?.to_vec();
    let result = run(decode(&bytes)?);
    Some(Uint8Array::from(encode(&result)?.as_slice()).into())
}
