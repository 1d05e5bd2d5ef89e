//! Where the page is, and the way to other pages.

use crate::state::router::Navigator;
use yew::prelude::*;

/// The way to other pages; `None` for a component that is drawn by itself.
#[hook]
pub fn use_navigator() -> Option<Navigator> {
    use_context()
}
