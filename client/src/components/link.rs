//! Links between pages.

use crate::hooks::use_navigator;
use crate::route::Route;
use yew::prelude::*;

/// Properties of [`RouteLink`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RouteLinkProps {
    /// Where it leads.
    pub to: Route,
    /// CSS classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether it leads to the page it stands on.
    #[prop_or_default]
    pub current: bool,
    /// What is shown.
    pub children: Html,
}

/// A link to another page of the app, without loading the app again.
#[component]
pub fn RouteLink(props: &RouteLinkProps) -> Html {
    let navigator = use_navigator();
    let to = props.to.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // With a modifier key the browser opens a tab or window, or downloads.
        let plain = !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        if let (true, Some(navigator)) = (plain, &navigator) {
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
