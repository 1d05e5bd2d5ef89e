//! The outcome for one collection of a receipt.

use crate::components::{isolated_name, text_with_name};
use crate::text::receipt as text;
use crate::text::review::repairs;
use shared::api::{ReceiptItem, ReceiptKind};
use yew::prelude::*;

pub(super) fn receipt_item(kind: ReceiptKind, item: &ReceiptItem) -> Html {
    let target = item.target_name.as_deref();
    let is_renamed = target.is_some_and(|name| name != item.source_name);
    html! {
        <li key={item.key.clone()} class="item">
            <div class="item__text">
                <span class="item__name">{ isolated_name(&item.source_name) }</span>
                <span class="small">
                    { text_with_name(text::item_result(kind, item.action, is_renamed), target) }
                </span>
                if let Some(repairs) = repairs(&item.repairs, 0, true) {
                    <span class="small soft">{ repairs }</span>
                }
            </div>
            if let Some(traits) = text::item_traits(item.action, item.num_members) {
                <span class="item__choice small soft number">{ traits }</span>
            }
        </li>
    }
}
