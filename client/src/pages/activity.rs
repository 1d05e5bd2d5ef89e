//! Past transfers.

use crate::components::receipt::ReceiptView;
use crate::components::{Failure, Page, When};
use crate::hooks::{Remote, use_receipts};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::general::LOADING;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

/// What was brought into the account, newest first.
#[component]
pub fn ActivityPage() -> Html {
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
        Remote::Failed(error) => html! { <Failure {error} /> },
        Remote::Ready(list) if list.receipts.is_empty() => {
            html! { <p>{ text::ACTIVITY_EMPTY }</p> }
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

#[derive(Debug, Clone, PartialEq, Properties)]
struct PastProps {
    receipt: Rc<Receipt>,
}

/// One past transfer.
#[component]
fn Past(props: &PastProps) -> Html {
    let receipt = &props.receipt;
    html! {
        <li>
            <div>
                <h2>{ text::kind(receipt.kind) }</h2>
                <p class="facts">
                    <When at={receipt.at} minute=true />
                    if receipt.undone_by.is_some() {
                        <span class="badge">{ text::UNDONE }</span>
                    }
                </p>
            </div>
            <ReceiptView receipt={receipt.clone()} />
        </li>
    }
}
