//! One page: its heading, what belongs to the heading, and the content.

use crate::hooks::light::use_effect_with;
use crate::hooks::use_navigator;
use crate::text::general::window_title;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Page`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PageProps {
    /// The heading, and the title of the window.
    pub title: AttrValue,
    /// Whether the heading is a name, which may be in any script and of any length.
    #[prop_or_default]
    pub is_name: bool,
    /// Hides the heading from view, because a form that changes it stands in its place.
    #[prop_or_default]
    pub heading_hidden: bool,
    /// Stands below the heading.
    #[prop_or_default]
    pub lead: Html,
    /// Stands beside the heading.
    #[prop_or_default]
    pub aside: Html,
    /// The content.
    #[prop_or_default]
    pub children: Html,
}

/// A page. When it replaces another one the focus goes to its heading; another `key` makes another page.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let heading = use_node_ref();
    let navigator = use_navigator();

    use_effect_with(props.title.clone(), |title| {
        gloo_utils::document().set_title(&window_title(title));
    });
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            let first = navigator.is_none_or(|navigator| navigator.is_first());
            if let (false, Some(heading)) = (first, heading.cast::<HtmlElement>()) {
                gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                // An element that cannot take the focus leaves it where it is.
                let _ = heading.focus();
            }
        });
    }

    let mut class = classes!();
    if props.is_name {
        class.push("collection-name");
    }
    if props.heading_hidden {
        class.push("visually-hidden");
    }
    html! {
        <div class="page">
            <div class="page__head">
                <div class="page__title">
                    <h1 {class} ref={heading} tabindex="-1">
                        <bdi>{ &*props.title }</bdi>
                    </h1>
                    { props.lead.clone() }
                </div>
                { props.aside.clone() }
            </div>
            { props.children.clone() }
        </div>
    }
}

/// Value of `aria-disabled` for a button that its own press makes idle for a while. Unlike `disabled` it leaves the focus
/// where it is; whoever handles the press has to look.
pub fn idle(is_idle: bool) -> Option<&'static str> {
    is_idle.then_some("true")
}

/// Puts the focus on the heading of the page, when what had it is gone.
pub fn focus_heading() {
    let heading = gloo_utils::document()
        .query_selector("main h1")
        .ok()
        .flatten();
    if let Some(heading) = heading.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}
