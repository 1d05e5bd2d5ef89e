//! One transaction of the database: done only when the browser says that it is on the disk.

use super::StorageError;
use futures_channel::oneshot;
use gloo_events::EventListener;
use idb::Transaction;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbTransaction};

/// A transaction under way.
pub(super) struct Running {
    /// What reads and writes.
    pub(super) work: Transaction,
    inner: IdbTransaction,
    ended: oneshot::Receiver<bool>,
    _listeners: [EventListener; 2],
}

impl Running {
    /// Begins a transaction that reads and writes these stores.
    pub(super) fn begin(database: &IdbDatabase, stores: &[&str]) -> Result<Self, StorageError> {
        let inner = begin(database, stores).map_err(|thrown| StorageError::thrown(&thrown))?;
        let (tell, ended) = oneshot::channel();
        let tell = Rc::new(Cell::new(Some(tell)));
        // Heard from now on: a transaction may end while its requests are still being waited for.
        let listeners = [("complete", true), ("abort", false)].map(|(event, committed)| {
            let tell = tell.clone();
            EventListener::new(&inner, event, move |_| {
                if let Some(tell) = tell.take() {
                    // Nobody listens when the work has failed already.
                    let _ = tell.send(committed);
                }
            })
        });
        Ok(Self {
            work: inner.clone().into(),
            inner,
            ended,
            _listeners: listeners,
        })
    }

    /// Waits until everything is stored.
    pub(super) async fn committed(self) -> Result<(), StorageError> {
        match self.ended.await {
            Ok(true) => Ok(()),
            // Nobody here aborts what is waited for: the browser does, for instance when the disk is full.
            _ => Err(self.inner.error().map_or(StorageError::Full, |error| {
                StorageError::named(DomException::name(&error))
            })),
        }
    }

    /// Takes everything back that it has written.
    pub(super) fn abort(self) {
        // Fails only when it has ended, and then by itself, because of the same fault.
        let _ = self.inner.abort();
    }
}

/// Strict durability is a promise that the browser has brought everything to the disk before it says so: what was
/// reported as saved is there after a power cut. web-sys does not know the option yet.
fn begin(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let method: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let transaction = method.call3(database, &names, &"readwrite".into(), &options)?;
    transaction.dyn_into()
}
