//! The chunk with the page for traits that another page has submitted.

use crate::lazy::{Placeholder, lazy_chunk};
use crate::pages::add::AddPage;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct AddView;

lazy_chunk!(add, AddView, render, placeholder);

fn render(_: &AddView) -> Html {
    html! { <AddPage /> }
}

fn placeholder(_: &AddView) -> Placeholder {
    Placeholder::Page
}
