//! What became of one collection.

use crate::components::{Name, Sentence};
use crate::text::receipt as text;
use crate::text::review::repairs;
use shared::api::ReceiptItem;
use yew::prelude::*;

/// Properties of [`ReceiptItemView`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReceiptItemViewProps {
    /// The item.
    pub item: ReceiptItem,
}

/// Name and outcome.
#[component]
pub fn ReceiptItemView(props: &ReceiptItemViewProps) -> Html {
    let item = &props.item;
    let renamed = item
        .target_name
        .as_deref()
        .is_some_and(|name| name != item.source_name);
    let target = item.target_name.clone().map(AttrValue::from);
    html! {
        <li class="item">
            <div class="item__text">
                <span class="item__name"><Name value={item.source_name.clone()} /></span>
                <span class="small">
                    <Sentence text={text::done(item.action, renamed)} name={target} />
                </span>
                if let Some(repairs) = repairs(&item.repairs, 0) {
                    <span class="small soft">{ repairs }</span>
                }
            </div>
            if let Some(brought) = text::brought(item.action, item.num_members) {
                <span class="item__choice small soft number">{ brought }</span>
            }
        </li>
    }
}
