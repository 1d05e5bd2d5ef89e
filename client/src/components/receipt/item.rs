//! What became of one collection.

use crate::components::{isolated_name, sentence};
use crate::text::receipt as text;
use crate::text::review::repairs;
use shared::api::{ReceiptItem, ReceiptKind};
use yew::prelude::*;

/// Name and outcome.
pub fn receipt_item(kind: ReceiptKind, item: &ReceiptItem) -> Html {
    let target = item.target_name.as_deref();
    let renamed = target.is_some_and(|name| name != item.source_name);
    html! {
        <li key={item.key.clone()} class="item">
            <div class="item__text">
                <span class="item__name">{ isolated_name(&item.source_name) }</span>
                <span class="small">
                    { sentence(text::done(kind, item.action, renamed), target) }
                </span>
                if let Some(repairs) = repairs(&item.repairs, 0, true) {
                    <span class="small soft">{ repairs }</span>
                }
            </div>
            if let Some(brought) = text::brought(item.action, item.num_members) {
                <span class="item__choice small soft number">{ brought }</span>
            }
        </li>
    }
}
