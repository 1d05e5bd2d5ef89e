//! The result of a transfer.

use crate::components::plan::PlanCounts;
use crate::components::receipt::ReceiptView;
use crate::components::receipt::undo::undo_control;
use crate::components::{Page, RouteLink};
use crate::hooks::{UndoPhase, use_undo};
use crate::route::Route;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Outcome`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OutcomeProps {
    /// The record of the transfer.
    pub(super) receipt: Rc<Receipt>,
}

/// What moved, what did not and why, the way to take it back, and where to go from here. Once it was taken back, what
/// went back and what stayed.
#[component]
pub(super) fn Outcome(props: &OutcomeProps) -> Html {
    let undo = use_undo(&props.receipt);
    // Another key makes it another page: the focus goes to its heading.
    let (key, receipt, control) = match &undo.phase {
        UndoPhase::Done(undone) => ("undone", undone, Html::default()),
        _ => ("done", &props.receipt, undo_control(&props.receipt, &undo)),
    };
    let transferred = PlanCounts::from(&**receipt).transferred();
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
