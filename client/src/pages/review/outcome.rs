//! The result of a transfer.

use crate::components::plan::PlanCounts;
use crate::components::receipt::ReceiptView;
use crate::components::{Page, RouteLink};
use crate::route::Route;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

/// What moved, what did not and why, and where to go from here.
pub(super) fn outcome(receipt: &Rc<Receipt>) -> Html {
    let transferred = PlanCounts::from(&**receipt).transferred();
    html! {
        <Page
            key="done"
            title={text::title(receipt.kind, transferred)}
            lead={html! { <p class="soft">{ text::lead(receipt.kind) }</p> }}
        >
            <ReceiptView receipt={receipt.clone()} open=true>
                <RouteLink to={Route::Collections} class="button button--primary">
                    { text::SEE_COLLECTIONS }
                </RouteLink>
                <RouteLink to={Route::Activity}>{ text::SEE_ACTIVITY }</RouteLink>
            </ReceiptView>
        </Page>
    }
}
