//! Past transfers.

use crate::components::receipt::ReceiptView;
use crate::components::receipt::undo::undo_control;
use crate::components::{Page, failure, when};
use crate::hooks::light::use_effect_with;
use crate::hooks::{Remote, UndoPhase, use_receipts, use_undo};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::general::LOADING;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What was brought into the account, newest first.
pub fn activity_page() -> Html {
    html! {
        <Gate title={text::ACTIVITY_TITLE} route={Route::Activity}><Receipts /></Gate>
    }
}

#[component]
fn Receipts() -> Html {
    let receipts = use_receipts();
    let content = match receipts.data {
        Remote::Absent | Remote::Loading => {
            html! { <p class="loading" role="status">{ LOADING }</p> }
        }
        Remote::Failed(error) => failure(&error, Html::default()),
        Remote::Ready(list) if list.receipts.is_empty() => {
            html! { <div class="empty"><p>{ text::ACTIVITY_EMPTY }</p></div> }
        }
        Remote::Ready(list) => html! {
            <ol class="activity">
                for receipt in &list.receipts {
                    <Past key={receipt.id.to_string()} receipt={Rc::new(receipt.clone())} />
                }
            </ol>
        },
    };
    html! {
        <Page title={text::ACTIVITY_TITLE} lead={html! { <p class="soft">{ text::ACTIVITY_LEAD }</p> }}>
            { content }
        </Page>
    }
}

/// Properties of [`Past`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct PastProps {
    receipt: Rc<Receipt>,
}

/// One past transfer.
#[component]
fn Past(props: &PastProps) -> Html {
    let receipt = &props.receipt;
    let undo = use_undo(receipt);
    let undone = receipt.undone_by.is_some() || matches!(undo.phase, UndoPhase::Done(_));
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(undo.phase.clone(), move |phase| {
            // The button that had the focus is gone.
            if let (UndoPhase::Done(_), Some(place)) = (phase, place.cast::<HtmlElement>()) {
                let _ = place.focus();
            }
        });
    }
    html! {
        <li ref={place} tabindex="-1">
            <div>
                <h2>{ text::kind(receipt.kind) }</h2>
                <p class="facts">
                    { when::minute(receipt.at) }
                    if undone {
                        <span class="badge">{ text::UNDONE }</span>
                    }
                </p>
            </div>
            { undo_control(receipt, &undo) }
            <ReceiptView receipt={receipt.clone()} />
        </li>
    }
}
