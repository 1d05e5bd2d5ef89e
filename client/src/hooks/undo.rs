//! Taking a transfer or a deletion back.

use super::{Local, use_local, use_session};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::clock::now;
use crate::hooks::light::{UseStateSetter, use_state};
use crate::state::providers::{Revision, use_revision};
use shared::api::{Action, Receipt, ReceiptKind};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub enum UndoPhase {
    /// It was taken back before, its time is over, or it is an undo itself.
    Impossible,
    /// It has not been asked for.
    Possible,
    /// Being done.
    Running,
    /// Done, as this receipt says.
    Done(Rc<Receipt>),
    /// It failed, and can be tried again.
    Failed(Rc<ApiError>),
}

/// An undo and the means to carry it out.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    /// How far it is.
    pub phase: UndoPhase,
    /// Takes it back.
    pub undo: Callback<()>,
}

/// The undo of what this receipt records.
#[hook]
pub fn use_undo(receipt: &Rc<Receipt>) -> Undo {
    let (api, local, revision) = (use_session().api, use_local(), use_revision());
    let asked = use_state(|| None::<UndoPhase>);
    // Names the attempt, so that asking again after a cut connection cannot do it twice.
    let key = *use_memo(receipt.id, |_| Uuid::new_v4());
    let is_possible = receipt.kind != ReceiptKind::Undo
        && receipt.undone_by.is_none()
        && now() < receipt.undoable_until;
    let phase = match &*asked {
        Some(phase) => phase.clone(),
        None if is_possible => UndoPhase::Possible,
        None => UndoPhase::Impossible,
    };
    let undo = {
        let (receipt, asked) = (receipt.clone(), asked.setter());
        let can_ask = matches!(phase, UndoPhase::Possible | UndoPhase::Failed(_));
        Callback::from(move |()| {
            if let (true, Some(api)) = (can_ask, api.clone()) {
                asked.set(Some(UndoPhase::Running));
                let (receipt, asked) = (receipt.clone(), asked.clone());
                let (local, revision) = (local.clone(), revision.clone());
                spawn_local(run(api, receipt, key, asked, local, revision));
            }
        })
    };
    Undo { phase, undo }
}

/// Not aborted when the page is left: once asked for, it is brought to its end.
async fn run(
    api: AuthorisedApi,
    receipt: Rc<Receipt>,
    key: Uuid,
    asked: UseStateSetter<Option<UndoPhase>>,
    local: Local,
    revision: Revision,
) {
    let answer = retry::insist(
        async || api.undo(receipt.id, key).await,
        ApiError::may_be_asked_again,
    );
    let phase = match answer.await {
        Ok(undone) => {
            if receipt.kind == ReceiptKind::Import {
                settle_local(&local, &receipt, &undone).await;
            }
            UndoPhase::Done(Rc::new(undone))
        }
        Err(error) => UndoPhase::Failed(Rc::new(error)),
    };
    asked.set(Some(phase));
    // After a refusal as well: it may have been taken back in another tab.
    revision.raise.emit(());
}

/// What the account no longer has can be imported again. A failure is passed over, because the undo itself is done,
/// and the collections are still in this browser.
async fn settle_local(local: &Local, receipt: &Receipt, undone: &Receipt) {
    let went_back = undone
        .items
        .iter()
        .filter(|item| item.action == Action::Move);
    let ids: Vec<String> = went_back
        .filter_map(|item| item.target_id.clone())
        .collect();
    let _ = local.mark_returned(&ids, receipt.id).await;
}
