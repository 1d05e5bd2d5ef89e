//! The chunk with the pages about transfers: review, result and activity.

use crate::hooks::TransferSource;
use crate::lazy::{Placeholder, lazy_chunk};
use crate::pages::activity::activity_page;
use crate::pages::review::review_page;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum TransferView {
    Review(TransferSource),
    Activity,
}

lazy_chunk!(transfer, TransferView, render, placeholder);

fn render(view: &TransferView) -> Html {
    match view {
        TransferView::Review(source) => review_page(*source),
        TransferView::Activity => activity_page(),
    }
}

fn placeholder(_: &TransferView) -> Placeholder {
    Placeholder::Page
}
