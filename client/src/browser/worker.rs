//! The worker module: what takes the page too long is done there.

use futures_channel::oneshot;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};
use worker::{Answer, Job, PROTOCOL, pack, unpack};

/// Where the page says which worker was built with it.
const NAMED: &str = "meta[name=worker]";

/// The worker cannot be had: the browser has none, it could not be loaded, it failed, or it belongs to another version of
/// this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the worker cannot be used")]
pub struct CannotWork;

/// A worker that ends with its owner, whatever it is doing.
struct Running(Worker);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// Where the script of the worker lies. The page is the one that was loaded: after a deployment it still asks for its own.
fn path() -> Option<String> {
    let named = gloo_utils::document()
        .query_selector(NAMED)
        .ok()
        .flatten()?;
    named.get_attribute("content")
}

/// Has a job done. Dropping the future ends it.
///
/// # Errors
/// [`CannotWork`]; the job is still the caller's.
pub async fn ask(job: &Job) -> Result<Answer, CannotWork> {
    let job = Cell::new(pack(job));
    let path = path().ok_or(CannotWork)?;
    let running = Running(Worker::new(&path).map_err(|_| CannotWork)?);
    let (tell, heard) = oneshot::channel::<Option<Vec<u8>>>();
    let tell = Rc::new(Cell::new(Some(tell)));
    let done = move |answer| {
        if let Some(tell) = tell.take() {
            // Nobody listens any more when the job was given up.
            let _ = tell.send(answer);
        }
    };
    let failed = {
        let done = done.clone();
        move |event: &Event| {
            // It is dealt with here, and no error of the page.
            event.prevent_default();
            done(None);
        }
    };
    let heard_from = {
        let worker = running.0.clone();
        move |event: &Event| {
            let data = event
                .dyn_ref::<MessageEvent>()
                .map_or(JsValue::NULL, MessageEvent::data);
            let is_ready = data == PROTOCOL;
            match job.take().filter(|_| is_ready) {
                Some(job) => {
                    let job = Uint8Array::from(job.as_slice());
                    let handed_over = Array::of1(&job.buffer());
                    if worker
                        .post_message_with_transfer(&job, &handed_over)
                        .is_err()
                    {
                        done(None);
                    }
                }
                None => done(data.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)),
            }
        }
    };
    let _listening = EventListener::new(&running.0, "message", heard_from);
    let options = EventListenerOptions::enable_prevent_default();
    let _watching = EventListener::new_with_options(&running.0, "error", options, failed);
    let answer = heard.await.ok().flatten().ok_or(CannotWork)?;
    unpack(&answer).ok_or(CannotWork)
}
