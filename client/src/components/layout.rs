//! The layout around every page: skip link, header with navigation, main landmark, footer.

use crate::components::RouteLink;
use crate::components::dom::{focus, focus_heading};
use crate::route::Route;
use crate::text::general::{
    BRAND, BRAND_REST, FOOTER, NAV_ACTIVITY, NAV_COLLECTIONS, NAV_HOME, NAVIGATION, SKIP_LINK,
    version,
};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LayoutProps {
    pub current: Route,
    pub account: Html,
    /// GeneNetwork's own page, once it is known.
    #[prop_or_default]
    pub home: Option<AttrValue>,
    /// The version of the server, once it is known.
    #[prop_or_default]
    pub version: Option<AttrValue>,
    /// Whether nothing can be used, because the page is about to be left.
    #[prop_or_default]
    pub inert: bool,
    pub children: Html,
}

#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    let main = use_node_ref();
    let on_skip = {
        let main = main.clone();
        Callback::from(move |event: MouseEvent| {
            // The address must not get a fragment, which would come back with every reload.
            event.prevent_default();
            focus(&main);
        })
    };
    use_effect_with(props.inert, |was_inert| {
        // An inert element loses the focus.
        let was_inert = *was_inert;
        move || {
            if was_inert {
                focus_heading();
            }
        }
    });
    let nav_link = |to: Route, label: &'static str| {
        let current = props.current == to;
        html! { <li><RouteLink {to} {current}>{ label }</RouteLink></li> }
    };
    // The space keeps the height of the line until the version is known.
    let version = props.version.as_deref().map_or("\u{a0}".into(), version);
    html! {
        <div class="app" inert={props.inert}>
            <a class="skip-link" href="#main" onclick={on_skip}>{ SKIP_LINK }</a>
            <header class="app-header">
                <div class="app-header__inner">
                    <RouteLink to={Route::Collections} class="wordmark">
                        { logo() }
                        <span>{ BRAND }<span class="wordmark__rest">{ BRAND_REST }</span></span>
                    </RouteLink>
                    <nav class="app-nav" aria-label={NAVIGATION}>
                        <ul>
                            { nav_link(Route::Collections, NAV_COLLECTIONS) }
                            { nav_link(Route::Activity, NAV_ACTIVITY) }
                            if let Some(home) = &props.home {
                                <li><a class="external" href={home}>{ NAV_HOME }</a></li>
                            }
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
                    <span class="app-footer__version">{ version }</span>
                </div>
            </footer>
        </div>
    }
}

/// The logo, drawn as in `favicon.svg`.
fn logo() -> Html {
    html! {
        <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" stroke-width="2.5" />
            <circle cx="11.5" cy="12" r="3" fill="currentColor" />
            <circle cx="20.5" cy="12.5" r="2.25" fill="currentColor" />
            <circle cx="16" cy="20.5" r="3.75" fill="currentColor" />
        </svg>
    }
}
