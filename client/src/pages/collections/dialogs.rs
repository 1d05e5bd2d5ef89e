//! The dialogs of the list: at most one is open.

use crate::lazy::Lazy;
use crate::pages::chunks::bulk_actions::BulkActionsView;
use crate::pages::dialog_kind::DialogKind;
use yew::prelude::*;

pub(super) struct Dialogs {
    /// Opens a dialog.
    pub(super) open: Callback<DialogKind>,
    /// The open dialog, or nothing.
    pub(super) content: Html,
}

#[hook]
pub(super) fn use_dialogs() -> Dialogs {
    let kind = use_state(|| None::<DialogKind>);
    let open = {
        let kind = kind.setter();
        Callback::from(move |opened| kind.set(Some(opened)))
    };
    let on_close = {
        let kind = kind.setter();
        Callback::from(move |()| kind.set(None))
    };
    let content = match &*kind {
        Some(kind) => {
            let kind = kind.clone();
            let view = BulkActionsView::Dialog { kind, on_close };
            html! { <Lazy<BulkActionsView> {view} /> }
        }
        None => Html::default(),
    };
    Dialogs { open, content }
}
