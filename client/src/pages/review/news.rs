//! What has to be said above the review: that it failed, or that the plan is another one now.

use crate::components::{RouteLink, Tone, notice, sentence};
use crate::hooks::light::use_effect_with;
use crate::hooks::{PlanChanges, Transfer, TransferPhase, TransferSource};
use crate::route::Route;
use crate::text::errors::{self, Words};
use crate::text::receipt::SEE_ACTIVITY;
use crate::text::review as text;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Names of one kind that are shown; the rest is counted.
const SHOWN: usize = 5;

/// Properties of [`News`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NewsProps {
    /// Where the collections come from.
    pub(super) source: TransferSource,
    /// The transfer.
    pub(super) transfer: Transfer,
    /// Whether the plan has nothing that would be brought over.
    pub(super) is_idle: bool,
}

/// Takes the focus when there is something new, because it may stand far above the button that led to it.
#[component]
pub(super) fn News(props: &NewsProps) -> Html {
    let place = use_node_ref();
    let Transfer { phase, stale, .. } = &props.transfer;
    let failed = match phase {
        TransferPhase::Failed(error) => Some(error.clone()),
        _ => None,
    };
    {
        let place = place.clone();
        use_effect_with((failed.clone(), stale.clone()), move |(failed, stale)| {
            if (failed.is_some() || stale.is_some())
                && let Some(place) = place.cast::<HtmlElement>()
            {
                let _ = place.focus();
            }
        });
    }
    html! {
        <div ref={place} tabindex="-1" class="news">
            if let Some(changes) = stale {
                { notice(Tone::Warning, text::STALE_TITLE, changed(props.source, changes, props.is_idle)) }
            }
            if let Some(error) = failed {
                { failure(&errors::transfer(&error)) }
            }
        </div>
    }
}

fn failure(Words { title, body }: &Words) -> Html {
    notice(Tone::Danger, title, html! { <p>{ body }</p> })
}

fn changed(source: TransferSource, changes: &PlanChanges, is_idle: bool) -> Html {
    let kinds = [
        (text::STALE_UNCHOSEN, &changes.unchosen),
        (text::STALE_DIFFERENT, &changes.different),
        (text::STALE_NEW, &changes.new),
        (text::stale_gone(source), &changes.gone),
    ];
    let nothing = kinds.iter().all(|(_, names)| names.is_empty());
    html! {
        <>
            <p>{ if is_idle { text::STALE_IDLE } else { text::STALE_BODY } }</p>
            if nothing {
                <p>{ text::STALE_ELSEWHERE }</p>
            } else {
                <ul class="changes">
                    for (kind, names) in kinds {
                        if !names.is_empty() {
                            <li>{ kind }{ ": " }{ named(names) }</li>
                        }
                    }
                </ul>
            }
            if !changes.gone.is_empty() {
                <p>
                    { text::STALE_MOVED }{ " " }
                    <RouteLink to={Route::Activity}>{ SEE_ACTIVITY }</RouteLink>
                </p>
            }
        </>
    }
}

fn named(names: &[String]) -> Html {
    let more = names.len().saturating_sub(SHOWN) as u64;
    html! {
        <>
            for (place, name) in names.iter().take(SHOWN).enumerate() {
                { if place > 0 { ", " } else { "" } }
                { sentence("{name}", Some(name)) }
            }
            if more > 0 {
                { text::and_more(more) }
            }
        </>
    }
}
