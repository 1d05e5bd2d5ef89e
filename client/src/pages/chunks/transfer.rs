//! The chunk with the pages about transfers, review, result and activity, and the dialog that
//! claims an old account.

use crate::components::claim_dialog::ClaimDialog;
use crate::hooks::TransferSource;
use crate::lazy::{Placeholder, lazy_chunk};
use crate::pages::activity::activity_page;
use crate::pages::review::review_page;
use crate::text::claims::CLAIM;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum TransferView {
    Review(TransferSource),
    Activity,
    Claim { on_close: Callback<()> },
}

lazy_chunk!(transfer, TransferView, render, placeholder);

fn render(view: &TransferView) -> Html {
    match view {
        TransferView::Review(source) => review_page(*source),
        TransferView::Activity => activity_page(),
        TransferView::Claim { on_close } => html! { <ClaimDialog {on_close} /> },
    }
}

fn placeholder(view: &TransferView) -> Placeholder {
    match view {
        TransferView::Review(_) | TransferView::Activity => Placeholder::Page,
        TransferView::Claim { on_close } => Placeholder::Dialog {
            title: CLAIM.into(),
            on_close: on_close.clone(),
        },
    }
}
