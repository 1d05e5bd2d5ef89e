//! Navigation between pages. yew-router changes the address; [`PageVisits`] adds what it does not
//! know: whether the page on screen is the first since the app was loaded.

use crate::route::Route;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;
pub use yew_router::hooks::{use_location, use_navigator};

/// Returns the path and query of the page on screen, to which a sign-in returns.
#[hook]
pub fn use_address() -> String {
    use_location().map_or_else(
        || Route::Collections.to_path(),
        |location| [location.path(), location.query_str()].concat(),
    )
}

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
