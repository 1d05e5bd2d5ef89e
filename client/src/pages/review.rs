//! The page of a transfer: the review of the plan, and after the transfer its result. A transfer
//! migrates the collections of earlier accounts, or imports those of this browser or of a
//! GeneNetwork session.
//!
//! - [`notices`]: errors and changes of the plan, above the review
//! - [`transfer_result`]: the result

mod notices;
mod transfer_result;

use crate::components::review::similar_items::SimilarItems;
use crate::components::review::{ReviewChoices, TransferCounts, review_summary, source_section};
use crate::components::{Page, RouteLink, Severity, api_error_notice, notice};
use crate::hooks::{Transfer, TransferPhase, TransferSource, use_transfer};
use crate::pages::require_sign_in::RequireSignIn;
use crate::route::Route;
use crate::text::general::BACK;
use crate::text::receipt::SEE_ACTIVITY;
use crate::text::review as text;
use notices::ReviewNotices;
use shared::api::Plan;
use std::rc::Rc;
use transfer_result::TransferResult;
use yew::prelude::*;

pub fn review_page(source: TransferSource) -> Html {
    let key = match source {
        TransferSource::Legacy => "migrate",
        TransferSource::Local => "import",
        TransferSource::Session => "import-session",
    };
    html! {
        <RequireSignIn {key} title={text::title(source)}><TransferReview {source} /></RequireSignIn>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct TransferReviewProps {
    source: TransferSource,
}

#[component]
fn TransferReview(props: &TransferReviewProps) -> Html {
    let source = props.source;
    let transfer = use_transfer(source);
    let content = match (&transfer.phase, &transfer.plan) {
        (TransferPhase::Finished(receipt), _) => {
            return html! { <TransferResult receipt={receipt.clone()} /> };
        }
        (TransferPhase::Failed(error), None) => api_error_notice(error, back()),
        (_, None) => html! { <p class="loading" role="status">{ text::PLANNING }</p> },
        // The plan became empty after the user pressed the button: the notices explain it.
        (_, Some(plan)) if is_empty(plan) && transfer.plan_changes.is_some() => html! {
            <>
                <ReviewNotices {source} transfer={transfer.clone()} transfers_nothing=true />
                { back() }
            </>
        },
        (_, Some(plan)) if is_empty(plan) => nothing_to_transfer(source),
        (_, Some(plan)) => review(source, &transfer, plan),
    };
    let transfers_nothing = transfer
        .plan
        .as_ref()
        .is_some_and(|plan| TransferCounts::of(plan, &transfer.choices).transferred() == 0);
    let lead = html! {
        <p class="soft">
            { text::lead(source) }
            if !transfers_nothing {
                { " " }{ text::NO_CHANGES_YET }
            }
        </p>
    };
    html! {
        <Page key="review" title={text::title(source)} {lead}>{ content }</Page>
    }
}

fn is_empty(plan: &Plan) -> bool {
    plan.accounts.iter().all(|account| account.items.is_empty())
}

fn back() -> Html {
    html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> }
}

fn nothing_to_transfer(source: TransferSource) -> Html {
    let body = html! {
        <>
            <p>{ text::nothing_to_transfer(source) }</p>
            <div class="actions">
                { back() }
                <RouteLink to={Route::Activity}>{ SEE_ACTIVITY }</RouteLink>
            </div>
        </>
    };
    notice(Severity::Info, text::NOTHING_TITLE, body)
}

fn review(source: TransferSource, transfer: &Transfer, plan: &Plan) -> Html {
    let counts = TransferCounts::of(plan, &transfer.choices);
    let is_executing = transfer.phase == TransferPhase::Executing;
    let choices = ReviewChoices {
        choices: transfer.choices.clone(),
        similar_items: Rc::new(SimilarItems::of(plan, &transfer.choices)),
        is_locked: is_executing,
        on_choose: transfer.choose.clone(),
    };
    html! {
        <>
            <ReviewNotices
                {source}
                transfer={transfer.clone()}
                transfers_nothing={counts.transferred() == 0}
            />
            <div class="review">
                { review_summary(source, &counts, is_executing, &transfer.execute) }
                <div class="review__items">
                    for account in &plan.accounts {
                        if !account.items.is_empty() {
                            { source_section(account, &choices) }
                        }
                    }
                </div>
            </div>
        </>
    }
}
