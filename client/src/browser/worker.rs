//! Runs long computations in a Web Worker, so that typing and scrolling go on.

use futures_channel::oneshot;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};
use worker::{PROTOCOL, WorkerJob, WorkerResult, decode, encode};

/// The element of `index.html` that names the script of the worker. After a deployment, an open
/// page still loads the worker of its own build.
const SCRIPT_META: &str = "meta[name=worker]";

/// The browser has no workers, or the worker could not be loaded, failed, or belongs to another
/// version of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the worker cannot be used")]
pub struct WorkerUnavailable;

/// Terminates the worker when it is dropped.
struct TerminateOnDrop(Worker);

impl Drop for TerminateOnDrop {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

fn script_path() -> Option<String> {
    let document = gloo_utils::document();
    let meta = document.query_selector(SCRIPT_META).ok().flatten()?;
    meta.get_attribute("content")
}

/// Runs a job in a new worker. Dropping the future terminates it.
pub async fn run(job: &WorkerJob) -> Result<WorkerResult, WorkerUnavailable> {
    let job = Cell::new(encode(job));
    let path = script_path().ok_or(WorkerUnavailable)?;
    let worker = Worker::new(&path).map_err(|_| WorkerUnavailable)?;
    let worker = TerminateOnDrop(worker);
    let (sender, receiver) = oneshot::channel::<Option<Vec<u8>>>();
    let sender = Rc::new(Cell::new(Some(sender)));
    let finish = move |result| {
        if let Some(sender) = sender.take() {
            // Fails only after the job was cancelled.
            let _ = sender.send(result);
        }
    };
    let on_error = {
        let finish = finish.clone();
        move |event: &Event| {
            // The error is handled here, so the browser must not report it for the page.
            event.prevent_default();
            finish(None);
        }
    };
    let on_message = {
        let worker = worker.0.clone();
        move |event: &Event| {
            let data = event
                .dyn_ref::<MessageEvent>()
                .map_or(JsValue::NULL, MessageEvent::data);
            // The first message of a worker is its protocol version, the second one the result.
            let is_ready = data == PROTOCOL;
            let Some(job) = job.take().filter(|_| is_ready) else {
                return finish(data.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec));
            };
            let bytes = Uint8Array::from(job.as_slice());
            let transferred = Array::of1(&bytes.buffer());
            let sent = worker.post_message_with_transfer(&bytes, &transferred);
            if sent.is_err() {
                finish(None);
            }
        }
    };
    let _message_listener = EventListener::new(&worker.0, "message", on_message);
    let options = EventListenerOptions::enable_prevent_default();
    let _error_listener = EventListener::new_with_options(&worker.0, "error", options, on_error);
    let bytes = receiver.await.ok().flatten().ok_or(WorkerUnavailable)?;
    decode(&bytes).ok_or(WorkerUnavailable)
}
