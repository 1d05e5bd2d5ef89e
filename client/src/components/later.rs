//! What is loaded apart from the page, drawn as soon as it is there.

use crate::components::Page;
use crate::hooks::light::{use_effect_with, use_state};
use crate::later::{self, Part, Wanted};
use crate::text::general::{LOADING, NOT_LOADED_BODY, NOT_LOADED_TITLE, TRY_AGAIN};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`Later`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LaterProps {
    /// What is to be drawn.
    pub wanted: Wanted,
}

/// Draws a page that may have to be loaded. While it is, it says so; when it cannot be, it says that too, and offers to try
/// again.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let part = props.wanted.part();
    let attempt = use_state(|| 0_u32);
    let failed = use_state(|| None::<Part>);
    {
        let failed = failed.setter();
        use_effect_with((part, *attempt), move |(part, _)| {
            let part = *part;
            if later::loaded(part).is_none() {
                // Not given up with this component: the next one has use for it.
                spawn_local(async move {
                    // Draws anew, whatever has come of it.
                    failed.set(later::load(part).await.is_err().then_some(part));
                });
            }
        });
    }
    if let Some(draw) = later::loaded(part) {
        return draw(&props.wanted);
    }
    if *failed != Some(part) {
        // No `Page`: that would take the focus, and the page to come could not tell whether it is the first.
        return html! { <div class="page"><h1>{ LOADING }</h1></div> };
    }
    let onclick = {
        let (attempt, failed) = (attempt.clone(), failed.setter());
        Callback::from(move |_: MouseEvent| {
            failed.set(None);
            attempt.set(attempt.wrapping_add(1));
        })
    };
    html! {
        <Page key="not-loaded" title={NOT_LOADED_TITLE}>
            <p role="alert">{ NOT_LOADED_BODY }</p>
            <p>
                <button type="button" class="button button--primary" {onclick}>{ TRY_AGAIN }</button>
            </p>
        </Page>
    }
}
