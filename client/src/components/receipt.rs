//! The receipt of a finished transfer.
//!
//! - [`mod@receipt_item`]: the outcome for one collection
//! - [`mod@undo_control`]: undoing the transfer

mod receipt_item;
pub mod undo_control;

use crate::browser::download::save_json_file;
use crate::components::button;
use crate::components::review::TransferCounts;
use crate::components::review::review_summary::count_list;
use crate::hooks::use_toggle;
use crate::text::receipt as text;
use receipt_item::receipt_item;
use shared::api::Receipt;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReceiptViewProps {
    pub receipt: Rc<Receipt>,
    /// Whether the list of collections is open at first.
    #[prop_or_default]
    pub open: bool,
    /// Further actions beside the download.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn ReceiptView(props: &ReceiptViewProps) -> Html {
    let receipt = &props.receipt;
    let (is_open, onclick) = use_toggle(props.open);
    let on_download = {
        let receipt = receipt.clone();
        Callback::from(move |()| {
            save_json_file(&text::file_name(receipt.kind, receipt.at), &*receipt);
        })
    };
    let counts = TransferCounts::from(&**receipt).non_zero().into_iter();
    html! {
        <div class="receipt">
            { count_list(counts.map(|(counted, n)| (n, text::receipt_count(receipt.kind, counted, n)))) }
            <div class="actions">
                { button("", text::DOWNLOAD, &on_download) }
                { props.children.clone() }
            </div>
            if !receipt.items.is_empty() {
                <details open={*is_open}>
                    <summary {onclick}>{ text::SHOW_ALL }</summary>
                    // Rendered only when open: a year of activity may hold thousands of items.
                    if *is_open {
                        <ul class="items">
                            { for receipt.items.iter().map(|item| receipt_item(receipt.kind, item)) }
                        </ul>
                    }
                </details>
            }
        </div>
    }
}
