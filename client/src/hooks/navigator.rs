//! Navigation between pages. yew-router changes the address; [`PageVisits`] adds what it does not
//! know: whether the page on screen is the first since the app was loaded.

use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;
pub use yew_router::hooks::{use_location, use_navigator};

/// Whether a page was shown since the app was loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageVisits(Rc<Cell<bool>>);

impl PageVisits {
    /// Records that a page is shown, and returns whether it is the first. The first page must not
    /// take the focus: the browser has loaded it and starts at its top.
    pub fn record_first(&self) -> bool {
        !self.0.replace(true)
    }
}

/// Returns the record of page visits, or `None` outside of the app.
#[hook]
pub fn use_page_visits() -> Option<PageVisits> {
    use_context()
}
