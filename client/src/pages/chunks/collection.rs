//! The chunk with the page of one collection.

use crate::lazy::{Placeholder, lazy_chunk};
use crate::pages::collection::account::account_collection_page;
use crate::pages::collection::local::LocalCollectionPage;
use uuid::Uuid;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum CollectionView {
    Account(Uuid),
    Local(String),
}

lazy_chunk!(collection, CollectionView, render, placeholder);

fn render(view: &CollectionView) -> Html {
    match view {
        CollectionView::Account(id) => account_collection_page(*id),
        CollectionView::Local(id) => {
            html! { <LocalCollectionPage key={id.clone()} id={id.clone()} /> }
        }
    }
}

fn placeholder(_: &CollectionView) -> Placeholder {
    Placeholder::Page
}
