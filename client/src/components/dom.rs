//! Helpers for DOM elements and events that several components share.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Returns the value of `aria-disabled` for a button that is disabled while its action runs. Unlike
/// `disabled` it leaves the focus on the button, so the click handler has to check as well.
pub fn aria_disabled(is_disabled: bool) -> Option<&'static str> {
    is_disabled.then_some("true")
}

/// Moves the focus to an element. An element that cannot take the focus leaves it where it is.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to the first element that the selector matches. Returns whether there is one.
pub fn focus_selector(selector: &str) -> bool {
    let element = query(selector);
    if let Some(element) = &element {
        let _ = element.focus();
    }
    element.is_some()
}

/// Moves the focus to the heading of the page when the focused element is gone.
pub fn focus_heading() {
    focus_selector("main h1");
}

fn query(selector: &str) -> Option<HtmlElement> {
    let element = gloo_utils::document().query_selector(selector).ok()??;
    element.dyn_into().ok()
}

/// Returns the value of the field that sent the event.
pub fn input_value(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// Returns a callback that stores the value of a text field.
pub fn on_input(value: &UseStateHandle<String>) -> Callback<InputEvent> {
    let value = value.setter();
    Callback::from(move |event: InputEvent| value.set(input_value(&event)))
}

/// Returns an attribute of the clicked element, or of its closest ancestor that has the attribute.
pub fn closest_attribute(event: &MouseEvent, name: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest(&format!("[{name}]")).ok()??;
    element.get_attribute(name)
}
