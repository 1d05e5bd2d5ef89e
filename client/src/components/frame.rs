//! What surrounds every page: skip link, header with navigation, main landmark, footer.

use crate::components::RouteLink;
use crate::components::page::focus_heading;
use crate::hooks::light::use_effect_with;
use crate::route::Route;
use crate::text::general::{
    BRAND, BRAND_REST, FOOTER, NAV_ACTIVITY, NAV_COLLECTIONS, NAVIGATION, SKIP_LINK, version,
};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Frame`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// The page that is shown.
    pub current: Route,
    /// Who is signed in.
    pub account: Html,
    /// Version of the server, when known.
    #[prop_or_default]
    pub version: Option<AttrValue>,
    /// Nothing of it can be used for now, because the page is about to be left.
    #[prop_or_default]
    pub at_rest: bool,
    /// The page.
    pub children: Html,
}

/// Header, page and footer.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let main = use_node_ref();
    let skip = {
        let main = main.clone();
        Callback::from(move |event: MouseEvent| {
            // The address stays as it is: a fragment would come back with every reload.
            event.prevent_default();
            if let Some(main) = main.cast::<HtmlElement>() {
                let _ = main.focus();
            }
        })
    };
    use_effect_with(props.at_rest, |at_rest| {
        // What is at rest cannot have the focus.
        let at_rest = *at_rest;
        move || {
            if at_rest {
                focus_heading();
            }
        }
    });
    let nav = |to: Route, label: &'static str| {
        let current = props.current == to;
        html! { <li><RouteLink {to} {current}>{ label }</RouteLink></li> }
    };
    // Its line has its height before it is known.
    let said_version = props
        .version
        .as_deref()
        .map_or("\u{a0}".to_owned(), version);
    html! {
        <div class="app" inert={props.at_rest}>
            <a class="skip-link" href="#main" onclick={skip}>{ SKIP_LINK }</a>
            <header class="app-header">
                <div class="app-header__inner">
                    <RouteLink to={Route::Collections} class="wordmark">
                        { mark() }
                        <span>{ BRAND }<span class="wordmark__rest">{ BRAND_REST }</span></span>
                    </RouteLink>
                    <nav class="app-nav" aria-label={NAVIGATION}>
                        <ul>
                            { nav(Route::Collections, NAV_COLLECTIONS) }
                            { nav(Route::Activity, NAV_ACTIVITY) }
                        </ul>
                    </nav>
                    { props.account.clone() }
                </div>
            </header>
            <main id="main" class="app-main" tabindex="-1" ref={main}>
                { props.children.clone() }
            </main>
            <footer class="app-footer">
                <div class="app-footer__inner">
                    <span>{ FOOTER }</span>
                    <span class="app-footer__version">
                        { said_version }
                    </span>
                </div>
            </footer>
        </div>
    }
}

/// The app's mark: traits gathered into a ring. The same drawing as `favicon.svg`.
fn mark() -> Html {
    html! {
        <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" stroke-width="2.5" />
            <circle cx="11.5" cy="12" r="3" fill="currentColor" />
            <circle cx="20.5" cy="12.5" r="2.25" fill="currentColor" />
            <circle cx="16" cy="20.5" r="3.75" fill="currentColor" />
        </svg>
    }
}
