//! The record of a finished transfer.
//!
//! - [`item`]: what became of one collection
//! - [`download`]: saving the record as a file
//! - [`undo`]: taking back what it records

pub mod download;
pub mod item;
pub mod undo;

use crate::components::plan::PlanCounts;
use crate::hooks::light::use_state;
use crate::text::format::number;
use crate::text::receipt as text;
use item::receipt_item;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ReceiptView`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReceiptViewProps {
    /// The record.
    pub receipt: Rc<Receipt>,
    /// Whether every collection is listed from the start.
    #[prop_or_default]
    pub open: bool,
    /// What else can be done.
    #[prop_or_default]
    pub children: Html,
}

/// Counts, every collection with what became of it, and the download.
#[component]
pub fn ReceiptView(props: &ReceiptViewProps) -> Html {
    let receipt = &props.receipt;
    // Drawn once opened: a year of activity may hold thousands of items.
    let open = use_state(|| props.open);
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            open.set(!*open);
        })
    };
    let on_download = {
        let receipt = receipt.clone();
        Callback::from(move |_| {
            download::save_json(&text::file_name(receipt.kind, receipt.at), &*receipt);
        })
    };
    html! {
        <div class="receipt">
            <ul class="counts">
                for (counted, n) in PlanCounts::from(&**receipt).shown() {
                    <li>
                        <span class="number">{ number(n) }</span>
                        { " " }
                        <span>{ text::was(receipt.kind, counted, n) }</span>
                    </li>
                }
            </ul>
            <div class="actions">
                <button type="button" class="button" onclick={on_download}>{ text::DOWNLOAD }</button>
                { props.children.clone() }
            </div>
            if !receipt.items.is_empty() {
                <details open={*open}>
                    <summary {onclick}>{ text::DETAILS }</summary>
                    if *open {
                        <ul class="items">
                            for item in &receipt.items {
                                { receipt_item(receipt.kind, item) }
                            }
                        </ul>
                    }
                </details>
            }
        </div>
    }
}
