//! What is loaded apart from the page, drawn as soon as it is there.

use crate::components::{Dialog, Page};
use crate::hooks::light::{use_effect_with, use_state};
use crate::later::{self, Asked, Part, Wanted};
use crate::text::general::{CANCEL, LOADING, NOT_LOADED_BODY, NOT_LOADED_TITLE, TRY_AGAIN};
use crate::text::{copying, files, sets};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`Later`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LaterProps {
    /// What is to be drawn.
    pub wanted: Wanted,
}

/// Draws a page, a dialog or a part of a page that may have to be loaded. While it is, it says so; when it cannot be, it says that too, and offers to try
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
    let has_failed = *failed == Some(part);
    let on_retry = {
        let (attempt, failed) = (attempt.clone(), failed.setter());
        Callback::from(move |_: MouseEvent| {
            failed.set(None);
            attempt.set(attempt.wrapping_add(1));
        })
    };
    match &props.wanted {
        Wanted::Dialog(asked, on_close) => in_dialog(asked, on_close, has_failed, on_retry),
        Wanted::Selected(_) if has_failed => html! {
            <>
                <p role="alert">{ NOT_LOADED_TITLE }{ ". " }{ NOT_LOADED_BODY }</p>
                <button type="button" class="button" onclick={on_retry}>{ TRY_AGAIN }</button>
            </>
        },
        Wanted::Selected(_) => html! { <p class="loading">{ LOADING }</p> },
        _ if has_failed => html! {
            <Page key="not-loaded" title={NOT_LOADED_TITLE}>
                <p role="alert">{ NOT_LOADED_BODY }</p>
                <p>
                    <button type="button" class="button button--primary" onclick={on_retry}>{ TRY_AGAIN }</button>
                </p>
            </Page>
        },
        // No `Page`: that would take the focus, and the page to come could not tell whether it is the first.
        _ => html! { <div class="page"><h1>{ LOADING }</h1></div> },
    }
}

/// The dialog is there at once, so that whoever asked for it is not left in doubt, and can leave it.
fn in_dialog(
    asked: &Asked,
    on_close: &Callback<()>,
    has_failed: bool,
    on_retry: Callback<MouseEvent>,
) -> Html {
    let title = match asked {
        Asked::Import(_) => files::IMPORT.to_owned(),
        Asked::Export(rows) => files::export_title(rows.len()),
        Asked::Combine { .. } => sets::TITLE.to_owned(),
        Asked::Copy { members, .. } => copying::question(members.len()),
    };
    html! {
        <Dialog key="waiting" {title} on_cancel={on_close.clone()}>
            if has_failed {
                <p role="alert">{ NOT_LOADED_TITLE }{ ". " }{ NOT_LOADED_BODY }</p>
            } else {
                <p class="loading" role="status">{ LOADING }</p>
            }
            <div class="dialog__actions">
                <button type="button" class="button" onclick={on_close.reform(|_| ())}>{ CANCEL }</button>
                if has_failed {
                    <button type="button" class="button button--primary" onclick={on_retry}>{ TRY_AGAIN }</button>
                }
            </div>
        </Dialog>
    }
}
