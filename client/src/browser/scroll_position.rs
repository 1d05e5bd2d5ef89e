//! The scroll position of each page, to which Back and Forward return.

use super::address::location;
use gloo_events::EventListener;
use std::cell::RefCell;

thread_local! {
    /// The positions by the address of the page, in CSS pixels from its top.
    static POSITIONS: RefCell<Vec<(String, f64)>> = RefCell::default();
    /// The address to which the user went back or forward last, and the position there, until the
    /// content of that page has been fetched.
    static RETURN: RefCell<Option<(String, f64)>> = RefCell::default();
}

/// Records where the user scrolls from now on. It must be called before anything else listens for
/// Back and Forward, so that the page that follows knows of them.
pub fn record() {
    let window = gloo_utils::window();
    EventListener::new(&window, "popstate", |_| {
        let here = address();
        let recorded = POSITIONS.with_borrow(|positions| {
            let mut positions = positions.iter();
            positions.find(|(address, _)| *address == here).cloned()
        });
        RETURN.set(recorded);
    })
    .forget();
    EventListener::new(&window, "scroll", |_| {
        let here = address();
        POSITIONS.with_borrow_mut(|positions| {
            positions.retain(|(address, _)| *address != here);
            positions.push((here, gloo_utils::window().scroll_y().unwrap_or_default()));
        });
    })
    .forget();
}

/// Scrolls a page that replaces another one to the position where the user left it, or to its top
/// if the user followed a link.
pub fn restore() {
    RETURN.with_borrow_mut(|place| {
        place.take_if(|(page, _)| *page != address());
        scroll_to(place.as_ref().map_or(0.0, |(_, position)| *position));
    });
}

/// Scrolls again to the position of [`restore`], once the content of the page has been fetched.
pub fn restore_with_content() {
    if let Some((_, position)) = RETURN.take() {
        scroll_to(position);
    }
}

fn scroll_to(position: f64) {
    gloo_utils::window().scroll_to_with_x_and_y(0.0, position);
}

fn address() -> String {
    let href = location().map(|location| location.href());
    href.and_then(Result::ok).unwrap_or_default()
}
