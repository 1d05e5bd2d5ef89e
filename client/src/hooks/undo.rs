//! Undoing a transfer or a deletion.

use super::local_collections::{LocalCollections, use_local_collections};
use super::revision::use_revision;
use super::session::use_session;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::clock::now;
use crate::edit::local_edit::LocalEditKind;
use shared::api::{Action, Receipt, ReceiptKind};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum UndoPhase {
    /// The transfer was undone before, is too old, or is an undo itself.
    Impossible,
    Possible,
    Undoing,
    /// The receipt of the undo.
    Undone(Rc<Receipt>),
    /// The undo failed and can be tried again.
    Failed(Rc<ApiError>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    pub phase: UndoPhase,
    pub undo: Callback<()>,
}

/// Undoes what this receipt records.
#[hook]
pub fn use_undo(receipt: &Rc<Receipt>) -> Undo {
    let (api, local, revision) = (use_session().api, use_local_collections(), use_revision());
    let requested = use_state(|| None::<UndoPhase>);
    // A repeated request has the same key, so that it cannot undo twice.
    let key = *use_memo(receipt.id, |_| Uuid::new_v4());
    let is_possible = receipt.kind != ReceiptKind::Undo
        && receipt.undone_by.is_none()
        && now() < receipt.undoable_until;
    let phase = match &*requested {
        Some(phase) => phase.clone(),
        None if is_possible => UndoPhase::Possible,
        None => UndoPhase::Impossible,
    };
    let undo = {
        let (receipt, requested) = (receipt.clone(), requested.setter());
        let can_undo = matches!(phase, UndoPhase::Possible | UndoPhase::Failed(_));
        Callback::from(move |()| {
            if let (true, Some(api)) = (can_undo, api.clone()) {
                requested.set(Some(UndoPhase::Undoing));
                let (receipt, requested) = (receipt.clone(), requested.clone());
                let (local, revision) = (local.clone(), revision.clone());
                // Not aborted when the user leaves the page.
                spawn_local(async move {
                    let phase = undo(&api, &receipt, key, &local).await;
                    requested.set(Some(phase));
                    // After a refusal as well, because another tab may have undone the transfer.
                    revision.raise.emit(());
                });
            }
        })
    };
    Undo { phase, undo }
}

async fn undo(
    api: &AuthorisedApi,
    receipt: &Receipt,
    key: Uuid,
    local: &LocalCollections,
) -> UndoPhase {
    let undone = retry::with_retry_notifying(
        async || api.undo(receipt.id, key).await,
        ApiError::may_be_retried,
    );
    match undone.await {
        Ok(undone) => {
            if receipt.kind == ReceiptKind::Import {
                mark_returned(local, receipt, &undone).await;
            }
            UndoPhase::Undone(Rc::new(undone))
        }
        Err(error) => UndoPhase::Failed(Rc::new(error)),
    }
}

/// Marks the collections that are no longer in the account, so that they can be imported again. A
/// failure is ignored, because the undo itself is done and the collections are still in this
/// browser.
async fn mark_returned(local: &LocalCollections, receipt: &Receipt, undone: &Receipt) {
    let returned = undone
        .items
        .iter()
        .filter(|item| item.action == Action::Move);
    let ids: Vec<String> = returned.filter_map(|item| item.target_id.clone()).collect();
    let mark = LocalEditKind::MarkReturned(receipt.id);
    let _ = local.edit(&ids, mark).await;
}
