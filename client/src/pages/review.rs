//! A transfer from plan to result: the migration of earlier collections, and the import of this browser's.
//!
//! - [`news`]: what has to be said above the review
//! - [`mod@outcome`]: the result

mod news;
mod outcome;

use crate::components::plan::alike::Alike;
use crate::components::plan::{Choosing, PlanCounts, source, summary};
use crate::components::{Page, RouteLink, Tone, failure, notice};
use crate::hooks::{Transfer, TransferPhase, TransferSource, use_transfer};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::general::BACK;
use crate::text::receipt::SEE_ACTIVITY;
use crate::text::review as text;
use news::News;
use outcome::Outcome;
use shared::api::Plan;
use std::rc::Rc;
use yew::prelude::*;

/// What will happen, and once it has happened the result; another page for another source of collections.
pub fn review_page(source: TransferSource) -> Html {
    let (key, route) = match source {
        TransferSource::Legacy => ("migrate", Route::Migrate),
        TransferSource::Local => ("import", Route::Import),
        TransferSource::Session => ("import-session", Route::ImportSession),
    };
    html! {
        <Gate {key} title={text::title(source)} {route}><Planned {source} /></Gate>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PlannedProps {
    source: TransferSource,
}

#[component]
fn Planned(props: &PlannedProps) -> Html {
    let source = props.source;
    let transfer = use_transfer(source);
    let content = match (&transfer.phase, &transfer.plan) {
        (TransferPhase::Done(receipt), _) => {
            return html! { <Outcome receipt={receipt.clone()} /> };
        }
        (TransferPhase::Failed(error), None) => failure(error, back()),
        (_, None) => html! { <p class="loading" role="status">{ text::PLANNING }</p> },
        // Whoever clicked has to hear what became of that.
        (_, Some(plan)) if is_empty(plan) && transfer.stale.is_some() => html! {
            <><News {source} transfer={transfer.clone()} is_idle=true />{ back() }</>
        },
        (_, Some(plan)) if is_empty(plan) => {
            let body = html! {
                <>
                    <p>{ text::nothing(source) }</p>
                    <div class="actions">
                        { back() }
                        <RouteLink to={Route::Activity}>{ SEE_ACTIVITY }</RouteLink>
                    </div>
                </>
            };
            notice(Tone::Plain, text::NOTHING_TITLE, body)
        }
        (_, Some(plan)) => choosing(source, &transfer, plan),
    };
    let is_idle = match &transfer.plan {
        Some(plan) => PlanCounts::of(plan, &transfer.choices).transferred() == 0,
        None => false,
    };
    let lead = html! {
        <p class="soft">
            { text::lead(source) }
            if !is_idle {
                { " " }{ text::BEFORE_THE_BUTTON }
            }
        </p>
    };
    html! {
        <Page key="review" title={text::title(source)} {lead}>
            { content }
        </Page>
    }
}

fn is_empty(plan: &Plan) -> bool {
    plan.accounts.iter().all(|account| account.items.is_empty())
}

fn back() -> Html {
    html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> }
}

fn choosing(from: TransferSource, transfer: &Transfer, plan: &Plan) -> Html {
    let counts = PlanCounts::of(plan, &transfer.choices);
    let running = transfer.phase == TransferPhase::Running;
    let choosing = Choosing {
        choices: transfer.choices.clone(),
        alike: Rc::new(Alike::of(plan, &transfer.choices)),
        locked: running,
        on_choose: transfer.choose.clone(),
    };
    html! {
        <>
            <News source={from} transfer={transfer.clone()} is_idle={counts.transferred() == 0} />
            <div class="review">
                { summary(from, &counts, running, &transfer.execute) }
                <div class="review__items">
                    for account in &plan.accounts {
                        if !account.items.is_empty() {
                            { source(account, &choosing) }
                        }
                    }
                </div>
            </div>
        </>
    }
}
