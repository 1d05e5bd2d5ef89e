//! The page with the receipts of past transfers and deletions, newest first.

use crate::components::dom::focus;
use crate::components::receipt::ReceiptView;
use crate::components::receipt::undo_control::undo_control;
use crate::components::{Page, api_error_notice, date_time};
use crate::hooks::{Remote, UndoPhase, use_receipts, use_undo};
use crate::pages::require_sign_in::RequireSignIn;
use crate::text::general::LOADING;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

pub fn activity_page() -> Html {
    html! {
        <RequireSignIn title={text::ACTIVITY_TITLE}><Receipts /></RequireSignIn>
    }
}

#[component]
fn Receipts() -> Html {
    let content = match use_receipts().data {
        Remote::Absent | Remote::Loading => {
            html! { <p class="loading" role="status">{ LOADING }</p> }
        }
        Remote::Failed(error) => api_error_notice(&error, Html::default()),
        Remote::Ready(list) if list.receipts.is_empty() => {
            html! { <div class="empty"><p>{ text::ACTIVITY_EMPTY }</p></div> }
        }
        Remote::Ready(list) => html! {
            <ol class="activity">
                for receipt in &list.receipts {
                    <ActivityEntry key={receipt.id.to_string()} receipt={Rc::new(receipt.clone())} />
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

#[derive(Debug, Clone, PartialEq, Properties)]
struct ActivityEntryProps {
    receipt: Rc<Receipt>,
}

#[component]
fn ActivityEntry(props: &ActivityEntryProps) -> Html {
    let receipt = &props.receipt;
    let undo = use_undo(receipt);
    let is_undone = receipt.undone_by.is_some() || matches!(undo.phase, UndoPhase::Undone(_));
    let entry = use_node_ref();
    {
        let entry = entry.clone();
        use_effect_with(undo.phase.clone(), move |phase| {
            // The pressed button has disappeared.
            if matches!(phase, UndoPhase::Undone(_)) {
                focus(&entry);
            }
        });
    }
    html! {
        <li ref={entry} tabindex="-1">
            <div>
                <h2>{ text::receipt_title(receipt.kind) }</h2>
                <p class="facts">
                    { date_time::date_and_time(receipt.at) }
                    if is_undone {
                        <span class="badge">{ text::UNDONE }</span>
                    }
                </p>
            </div>
            { undo_control(receipt, &undo) }
            <ReceiptView receipt={receipt.clone()} />
        </li>
    }
}
