//! Past transfers.

use crate::components::receipt::ReceiptView;
use crate::components::{Page, failure, when};
use crate::hooks::{Remote, use_receipts};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::general::LOADING;
use crate::text::receipt as text;
use shared::api::Receipt;
use std::rc::Rc;
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
            html! { <p>{ text::ACTIVITY_EMPTY }</p> }
        }
        Remote::Ready(list) => html! {
            <ol class="activity">
                for receipt in &list.receipts {
                    { past(receipt) }
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

/// One past transfer.
fn past(receipt: &Receipt) -> Html {
    html! {
        <li key={receipt.id.to_string()}>
            <div>
                <h2>{ text::kind(receipt.kind) }</h2>
                <p class="facts">
                    { when::minute(receipt.at) }
                    if receipt.undone_by.is_some() {
                        <span class="badge">{ text::UNDONE }</span>
                    }
                </p>
            </div>
            <ReceiptView receipt={Rc::new(receipt.clone())} />
        </li>
    }
}
