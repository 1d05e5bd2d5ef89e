//! The result of a transfer, and after an undo the result of the undo.

use crate::components::receipt::ReceiptView;
use crate::components::receipt::undo_control::undo_control;
use crate::components::review::TransferCounts;
use crate::components::{Page, RouteLink};
use crate::hooks::{UndoPhase, use_undo};
use crate::route::Route;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TransferResultProps {
    pub(super) receipt: Rc<Receipt>,
}

#[component]
pub(super) fn TransferResult(props: &TransferResultProps) -> Html {
    let undo = use_undo(&props.receipt);
    // A new key makes it a new page, whose heading takes the focus.
    let (key, receipt, control) = match &undo.phase {
        UndoPhase::Undone(undone) => ("undone", undone, Html::default()),
        _ => ("done", &props.receipt, undo_control(&props.receipt, &undo)),
    };
    let transferred = TransferCounts::from(&**receipt).transferred();
    html! {
        <Page
            {key}
            title={text::title(receipt.kind, transferred)}
            lead={html! { <p class="soft">{ text::lead(receipt) }</p> }}
        >
            { control }
            <ReceiptView key={key} receipt={receipt.clone()} open=true>
                <RouteLink to={Route::Collections} class="button button--primary">
                    { text::SEE_COLLECTIONS }
                </RouteLink>
                <RouteLink to={Route::Activity}>{ text::SEE_ACTIVITY }</RouteLink>
            </ReceiptView>
        </Page>
    }
}
