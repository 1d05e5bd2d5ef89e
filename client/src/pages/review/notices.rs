//! The notices above a review: the transfer failed, or the plan has changed.

use crate::components::dom::focus;
use crate::components::{RouteLink, Severity, notice, text_with_name};
use crate::hooks::{PlanChanges, Transfer, TransferPhase, TransferSource};
use crate::route::Route;
use crate::text::errors::{self, NoticeText};
use crate::text::format::and_more;
use crate::text::receipt::SEE_ACTIVITY;
use crate::text::review as text;
use yew::prelude::*;

/// More names of changed collections than these are only counted.
const MAX_NAMES: usize = 5;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ReviewNoticesProps {
    pub(super) source: TransferSource,
    pub(super) transfer: Transfer,
    /// Whether the plan with its choices transfers no collection.
    pub(super) transfers_nothing: bool,
}

/// Takes the focus when a notice appears, because it may be far above the pressed button.
#[component]
pub(super) fn ReviewNotices(props: &ReviewNoticesProps) -> Html {
    let notices = use_node_ref();
    let (phase, changes) = (&props.transfer.phase, &props.transfer.plan_changes);
    let error = match phase {
        TransferPhase::Failed(error) => Some(error.clone()),
        _ => None,
    };
    {
        let notices = notices.clone();
        use_effect_with((error.clone(), changes.clone()), move |(error, changes)| {
            if error.is_some() || changes.is_some() {
                focus(&notices);
            }
        });
    }
    html! {
        <div ref={notices} tabindex="-1" class="review-notices">
            if let Some(changes) = changes {
                { notice(Severity::Warning, text::STALE_TITLE, plan_changes(props, changes)) }
            }
            if let Some(error) = error {
                { error_notice(&errors::transfer_error(&error)) }
            }
        </div>
    }
}

fn error_notice(NoticeText { title, body }: &NoticeText) -> Html {
    notice(Severity::Danger, title, html! { <p>{ body }</p> })
}

fn plan_changes(props: &ReviewNoticesProps, changes: &PlanChanges) -> Html {
    let labelled_names = [
        (text::STALE_CHOICE_INVALID_LABEL, &changes.unchosen),
        (text::STALE_CHANGED_LABEL, &changes.different),
        (text::STALE_NEW_LABEL, &changes.new),
        (text::stale_missing_label(props.source), &changes.gone),
    ];
    let is_elsewhere = labelled_names.iter().all(|(_, names)| names.is_empty());
    html! {
        <>
            <p>{ if props.transfers_nothing { text::STALE_NOTHING_LEFT } else { text::STALE_BODY } }</p>
            if is_elsewhere {
                <p>{ text::STALE_ELSEWHERE }</p>
            } else {
                <ul class="changes">
                    for (label, names) in labelled_names {
                        if !names.is_empty() {
                            <li>{ label }{ ": " }{ first_names(names) }</li>
                        }
                    }
                </ul>
            }
            if !changes.gone.is_empty() {
                <p>
                    { text::STALE_MOVED_ELSEWHERE }{ " " }
                    <RouteLink to={Route::Activity}>{ SEE_ACTIVITY }</RouteLink>
                </p>
            }
        </>
    }
}

fn first_names(names: &[String]) -> Html {
    let more = names.len().saturating_sub(MAX_NAMES) as u64;
    html! {
        <>
            for (index, name) in names.iter().take(MAX_NAMES).enumerate() {
                { if index > 0 { ", " } else { "" } }
                { text_with_name("{name}", Some(name)) }
            }
            if more > 0 {
                { " " }{ and_more(more) }
            }
        </>
    }
}
