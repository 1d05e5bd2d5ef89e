//! Links between pages.

use crate::hooks::use_navigator;
use crate::route::Route;
use yew::prelude::*;
use yew_router::Routable;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RouteLinkProps {
    pub to: Route,
    #[prop_or_default]
    pub class: Classes,
    /// Whether the link leads to the current page.
    #[prop_or_default]
    pub current: bool,
    pub children: Html,
}

/// A link to another page of the app, without loading the app again.
#[component]
pub fn RouteLink(props: &RouteLinkProps) -> Html {
    let navigator = use_navigator();
    let to = props.to.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // With a modifier key the browser opens a tab or a window, or downloads.
        let is_plain_click =
            !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        if let (true, Some(navigator)) = (is_plain_click, &navigator) {
            event.prevent_default();
            navigator.push(&to);
        }
    });
    html! {
        <a
            href={props.to.to_path()}
            class={props.class.clone()}
            aria-current={props.current.then_some("page")}
            {onclick}
        >
            { props.children.clone() }
        </a>
    }
}
