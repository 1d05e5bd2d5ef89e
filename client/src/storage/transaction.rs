//! A transaction that ends only once the browser reports its changes to be on the disk.

use super::error::StorageError;
use futures_channel::oneshot;
use gloo_events::EventListener;
use idb::Transaction;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbTransaction};

pub(super) struct DurableTransaction {
    pub(super) transaction: Transaction,
    inner: IdbTransaction,
    committed: oneshot::Receiver<bool>,
    _listeners: [EventListener; 2],
}

impl DurableTransaction {
    /// Begins a transaction that reads and writes these object stores.
    pub(super) fn begin(database: &IdbDatabase, stores: &[&str]) -> Result<Self, StorageError> {
        let inner = begin(database, stores)
            .map_err(|exception| StorageError::from_exception(&exception))?;
        let (sender, committed) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        // A transaction may end while the page still waits for its requests, so the listeners start
        // now.
        let listeners = [("complete", true), ("abort", false)].map(|(event, is_committed)| {
            let sender = sender.clone();
            EventListener::new(&inner, event, move |_| {
                if let Some(sender) = sender.take() {
                    // Fails if the caller has given up the transaction already.
                    let _ = sender.send(is_committed);
                }
            })
        });
        Ok(Self {
            transaction: inner.clone().into(),
            inner,
            committed,
            _listeners: listeners,
        })
    }

    /// Waits until everything is on the disk.
    pub(super) async fn commit(self) -> Result<(), StorageError> {
        match self.committed.await {
            Ok(true) => Ok(()),
            // The browser has aborted the transaction, for instance because the disk is full.
            _ => Err(self.inner.error().map_or(StorageError::Full, |error| {
                StorageError::from_name(DomException::name(&error))
            })),
        }
    }

    /// Undoes everything that the transaction has written.
    pub(super) fn abort(self) {
        // Fails only if the browser has aborted the transaction already.
        let _ = self.inner.abort();
    }
}

/// Begins a transaction of strict durability: the browser reports it as complete only once
/// everything is on the disk, so saved collections survive a power cut. web-sys does not know the
/// option yet.
fn begin(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let method: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let transaction = method.call3(database, &names, &"readwrite".into(), &options)?;
    transaction.dyn_into()
}
