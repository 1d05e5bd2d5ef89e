//! A page: its heading with lead and aside, and its content.

use crate::components::dom::focus;
use crate::hooks::use_page_visits;
use crate::text::general::window_title;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PageProps {
    /// The heading, and the title of the window.
    pub title: AttrValue,
    /// Whether the heading is a name, which may be of any length.
    #[prop_or_default]
    pub is_name: bool,
    /// Whether a form that changes the heading is shown in its place.
    #[prop_or_default]
    pub heading_hidden: bool,
    /// Content below the heading.
    #[prop_or_default]
    pub lead: Html,
    /// Content beside the heading.
    #[prop_or_default]
    pub aside: Html,
    #[prop_or_default]
    pub children: Html,
}

/// A page. Its heading gets the focus when it replaces another page; another `key` makes another
/// page.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let heading = use_node_ref();
    let visits = use_page_visits();
    use_effect_with(props.title.clone(), |title| {
        gloo_utils::document().set_title(&window_title(title));
    });
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            if visits.is_some_and(|visits| !visits.record_first()) {
                gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                focus(&heading);
            }
        });
    }
    let class = classes!(
        props.is_name.then_some("collection-name"),
        props.heading_hidden.then_some("visually-hidden"),
    );
    html! {
        <div class="page">
            <div class="page__head">
                <div class="page__title">
                    <h1 {class} ref={heading} tabindex="-1">
                        <bdi translate={props.is_name.then_some("no")}>{ &*props.title }</bdi>
                    </h1>
                    { props.lead.clone() }
                </div>
                { props.aside.clone() }
            </div>
            { props.children.clone() }
        </div>
    }
}
