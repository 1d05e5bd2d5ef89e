//! Renders a component or HTML into the page of a headless browser, and uses it as a user does.

use client::browser::address::replace_query;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, MouseEventInit,
};
use yew::prelude::*;
use yew::{AppHandle, Renderer};

/// A rendered component. Dropping it removes the component from the page.
pub(crate) struct Rendered<C: BaseComponent> {
    root: Element,
    app: Option<AppHandle<C>>,
}

/// Renders the component on a page whose address has no query.
pub(crate) async fn render<C: BaseComponent>(props: C::Properties) -> Rendered<C> {
    replace_query(|_| String::new());
    let document = gloo_utils::document();
    let root = document.create_element("div").expect("an element");
    gloo_utils::body()
        .append_child(&root)
        .expect("the body takes elements");
    let app = Renderer::<C>::with_root_and_props(root.clone(), props).render();
    yew::scheduler::flush().await;
    Rendered {
        root,
        app: Some(app),
    }
}

impl<C: BaseComponent> Rendered<C> {
    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        let elements = self.root.query_selector_all(selector).expect("a selector");
        (0..elements.length())
            .filter_map(|index| elements.item(index)?.dyn_into().ok())
            .collect()
    }

    /// Returns the only element that the selector matches.
    pub(crate) fn one(&self, selector: &str) -> Element {
        let mut elements = self.all(selector);
        let html = self.root.inner_html();
        assert_eq!(elements.len(), 1, "{selector} in {html}");
        elements.remove(0)
    }

    /// Returns the text of the only element that the selector matches.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap_or_default()
    }

    /// Returns the texts of all elements that the selector matches.
    pub(crate) fn texts_of(&self, selector: &str) -> Vec<String> {
        let elements = self.all(selector);
        let text = |element: &Element| element.text_content().unwrap_or_default();
        elements.iter().map(text).collect()
    }

    pub(crate) fn assert_text(&self, expected: &str) {
        let text = self.text();
        assert!(text.contains(expected), "{expected:?} in {text}");
    }

    /// Returns the button with this label.
    pub(crate) fn button(&self, label: &str) -> HtmlElement {
        let mut buttons = self.all("button");
        buttons.retain(|button| {
            let text = button.text_content().unwrap_or_default();
            button.get_attribute("aria-label").unwrap_or(text) == label
        });
        let html = self.root.inner_html();
        assert_eq!(buttons.len(), 1, "button {label} in {html}");
        buttons.remove(0).unchecked_into()
    }

    pub(crate) async fn press(&self, label: &str) {
        self.button(label).click();
        yew::scheduler::flush().await;
    }

    /// Toggles the checkbox with this label.
    pub(crate) async fn toggle(&self, label: &str) {
        let checkbox = self.one(&format!("input[aria-label=\"{label}\"]"));
        checkbox.unchecked_into::<HtmlElement>().click();
        yew::scheduler::flush().await;
    }

    /// Toggles the checkbox with this label while Shift is held down.
    pub(crate) async fn toggle_with_shift(&self, label: &str) {
        let init = MouseEventInit::new();
        init.set_shift_key(true);
        click(&self.one(&format!("input[aria-label=\"{label}\"]")), &init);
        yew::scheduler::flush().await;
    }

    /// Replaces the text of a field.
    pub(crate) async fn type_into(&self, selector: &str, text: &str) {
        let field = self.one(selector);
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).expect("a field");
        dispatch(&field, "input").await;
    }

    /// Returns the text of a field.
    pub(crate) fn value(&self, selector: &str) -> String {
        let field = self.one(selector);
        field.unchecked_into::<HtmlInputElement>().value()
    }

    /// Chooses the option with this label.
    pub(crate) async fn select(&self, selector: &str, label: &str) {
        let select = self.one(selector).unchecked_into::<HtmlSelectElement>();
        let labels = self.texts_of(&format!("{selector} option"));
        let index = labels.iter().position(|option| option == label);
        let index = i32::try_from(index.expect("an option")).expect("few options");
        select.set_selected_index(index);
        dispatch(&select, "change").await;
    }

    /// Renders the component again with other properties.
    pub(crate) async fn update(&mut self, props: C::Properties) {
        self.app.as_mut().expect("rendered").update(props);
        yew::scheduler::flush().await;
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct HtmlViewProps {
    html: Html,
}

/// A component that shows the HTML of a function.
#[component]
pub(crate) fn HtmlView(props: &HtmlViewProps) -> Html {
    props.html.clone()
}

pub(crate) async fn render_html(html: Html) -> Rendered<HtmlView> {
    render(HtmlViewProps { html }).await
}

impl Rendered<HtmlView> {
    pub(crate) async fn update_html(&mut self, html: Html) {
        self.update(HtmlViewProps { html }).await;
    }
}

impl<C: BaseComponent> Drop for Rendered<C> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Dispatches an event as the browser does.
pub(crate) async fn dispatch(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(name, &init).expect("an event");
    element.dispatch_event(&event).expect("an event target");
    yew::scheduler::flush().await;
}

/// Dispatches a click with properties of its own.
pub(crate) fn click(element: &Element, init: &MouseEventInit) {
    init.set_bubbles(true);
    let event = MouseEvent::new_with_mouse_event_init_dict("click", init).expect("an event");
    element.dispatch_event(&event).expect("an event target");
}

/// Returns a callback, and the values it was called with.
pub(crate) fn recorder<T: 'static>() -> (Callback<T>, Rc<RefCell<Vec<T>>>) {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let record = calls.clone();
    let callback = Callback::from(move |value| record.borrow_mut().push(value));
    (callback, calls)
}
