//! Draws a component, or what a function made; finds and uses what it has drawn.

use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, MouseEventInit,
};
use yew::prelude::*;
use yew::{AppHandle, Renderer};

/// A component that is drawn; it goes when this does.
pub(crate) struct Drawn<C: BaseComponent> {
    root: Element,
    app: Option<AppHandle<C>>,
}

/// Draws a component with these properties.
pub(crate) async fn draw<C: BaseComponent>(props: C::Properties) -> Drawn<C> {
    let document = gloo_utils::document();
    let root = document.create_element("div").expect("an element");
    gloo_utils::body()
        .append_child(&root)
        .expect("a place on the page");
    let app = Renderer::<C>::with_root_and_props(root.clone(), props).render();
    yew::scheduler::flush().await;
    Drawn {
        root,
        app: Some(app),
    }
}

impl<C: BaseComponent> Drawn<C> {
    /// Everything that can be read.
    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// All elements that a selector finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|index| found.item(index)?.dyn_into().ok())
            .collect()
    }

    /// The one element that a selector finds.
    pub(crate) fn one(&self, selector: &str) -> Element {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.root.inner_html());
        found.remove(0)
    }

    /// The button with this label.
    pub(crate) fn button(&self, label: &str) -> HtmlElement {
        let mut found = self.all("button");
        found.retain(|button| {
            let shown = button.text_content().unwrap_or_default();
            button.get_attribute("aria-label").unwrap_or(shown) == label
        });
        assert_eq!(
            found.len(),
            1,
            "button {label} in {}",
            self.root.inner_html()
        );
        found.remove(0).unchecked_into()
    }

    /// Presses the button with this label.
    pub(crate) async fn press(&self, label: &str) {
        self.button(label).click();
        yew::scheduler::flush().await;
    }

    /// Ticks the box with this label, or takes the tick away.
    pub(crate) async fn tick(&self, label: &str) {
        let one = self.one(&format!("input[aria-label=\"{label}\"]"));
        one.unchecked_into::<HtmlElement>().click();
        yew::scheduler::flush().await;
    }

    /// Ticks the box with this label while Shift is held down.
    pub(crate) async fn tick_to(&self, label: &str) {
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_shift_key(true);
        let click = MouseEvent::new_with_mouse_event_init_dict("click", &init).expect("an event");
        let one = self.one(&format!("input[aria-label=\"{label}\"]"));
        one.dispatch_event(&click).expect("a click");
        yew::scheduler::flush().await;
    }

    /// Types into a field, in place of what it holds.
    pub(crate) async fn type_into(&self, selector: &str, text: &str) {
        let field = self.one(selector);
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).expect("a field");
        dispatch(&field, "input").await;
    }

    /// What a text field holds.
    pub(crate) fn value(&self, selector: &str) -> String {
        self.one(selector)
            .unchecked_into::<HtmlInputElement>()
            .value()
    }

    /// Chooses an option of a select by its label.
    pub(crate) async fn select(&self, selector: &str, label: &str) {
        let select = self.one(selector).unchecked_into::<HtmlSelectElement>();
        let labels: Vec<String> = self.options(selector);
        let index = labels
            .iter()
            .position(|option| option == label)
            .expect("an option");
        select.set_selected_index(i32::try_from(index).expect("few options"));
        dispatch(&select, "change").await;
    }

    /// The labels of a select's options.
    pub(crate) fn options(&self, selector: &str) -> Vec<String> {
        let options = self.all(&format!("{selector} option"));
        options
            .iter()
            .filter_map(|option| option.text_content())
            .collect()
    }

    /// Draws the component anew with other properties.
    pub(crate) async fn update(&mut self, props: C::Properties) {
        self.app.as_mut().expect("drawn").update(props);
        yew::scheduler::flush().await;
    }
}

/// Properties of [`Made`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct MadeProps {
    html: Html,
}

/// A component that draws what a function made.
#[component]
pub(crate) fn Made(props: &MadeProps) -> Html {
    props.html.clone()
}

/// Draws what a function made.
pub(crate) async fn draw_html(html: Html) -> Drawn<Made> {
    draw(MadeProps { html }).await
}

impl Drawn<Made> {
    /// Draws what the function made another time, in place of what it made before.
    pub(crate) async fn redraw(&mut self, html: Html) {
        self.update(MadeProps { html }).await;
    }
}

impl<C: BaseComponent> Drop for Drawn<C> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Lets an event happen at an element, as the browser would.
pub(crate) async fn dispatch(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(name, &init).expect("an event");
    element
        .dispatch_event(&event)
        .expect("an event that can be dispatched");
    yew::scheduler::flush().await;
}

/// A callback, and what it was called with.
pub(crate) fn recorder<T: 'static>() -> (Callback<T>, Rc<RefCell<Vec<T>>>) {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let record = calls.clone();
    (
        Callback::from(move |value| record.borrow_mut().push(value)),
        calls,
    )
}
