//! A transfer from plan to result: the migration of earlier collections, and the import of this browser's.
//!
//! - [`outcome`]: the result

mod outcome;

use crate::components::plan::{PlanCounts, Source, Summary};
use crate::components::{Failure, Notice, Page, RouteLink, Tone};
use crate::hooks::{Transfer, TransferPhase, TransferSource, use_transfer};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::errors::{self, Words};
use crate::text::general::BACK;
use crate::text::review as text;
use outcome::Outcome;
use shared::api::Plan;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ReviewPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReviewPageProps {
    /// Where the collections come from.
    pub source: TransferSource,
}

/// What will happen, and once it has happened the result.
#[component]
pub fn ReviewPage(props: &ReviewPageProps) -> Html {
    let route = match props.source {
        TransferSource::Legacy => Route::Migrate,
        TransferSource::Local => Route::Import,
    };
    html! {
        <Gate title={text::title(props.source)} {route}><Planned source={props.source} /></Gate>
    }
}

#[component]
fn Planned(props: &ReviewPageProps) -> Html {
    let source = props.source;
    let transfer = use_transfer(source);
    let content = match (&transfer.phase, &transfer.plan) {
        (TransferPhase::Done(receipt), _) => {
            // Another key makes it another page: the focus goes to its heading.
            return html! { <Outcome key="done" receipt={receipt.clone()} /> };
        }
        (TransferPhase::Failed(error), None) => html! {
            <Failure error={error.clone()}>
                <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
            </Failure>
        },
        (_, None) => html! { <p class="loading" role="status">{ text::PLANNING }</p> },
        (_, Some(plan)) if is_empty(plan) => html! {
            <Notice title={text::NOTHING_TITLE}>
                <p>{ text::nothing(source) }</p>
                <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
            </Notice>
        },
        (_, Some(plan)) => {
            html! { <Choosing {source} transfer={transfer.clone()} plan={plan.clone()} /> }
        }
    };
    html! {
        <Page
            key="review"
            title={text::title(source)}
            lead={html! { <p class="soft">{ text::lead(source) }</p> }}
        >
            { content }
        </Page>
    }
}

fn is_empty(plan: &Plan) -> bool {
    plan.accounts.iter().all(|account| account.items.is_empty())
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct ChoosingProps {
    source: TransferSource,
    transfer: Transfer,
    plan: Rc<Plan>,
}

#[component]
fn Choosing(props: &ChoosingProps) -> Html {
    let ChoosingProps {
        source,
        transfer,
        plan,
    } = props;
    let counts = use_memo(
        (plan.clone(), transfer.choices.clone()),
        |(plan, choices)| PlanCounts::of(plan, choices),
    );
    let running = transfer.phase == TransferPhase::Running;
    let failure = match &transfer.phase {
        TransferPhase::Failed(error) => Some(errors::transfer(error)),
        _ => None,
    };
    html! {
        <>
            if transfer.stale {
                <Notice tone={Tone::Warning} title={text::STALE_TITLE}>
                    <p>{ text::STALE_BODY }</p>
                </Notice>
            }
            if let Some(Words { title, body }) = failure {
                <Notice tone={Tone::Danger} {title}><p>{ body }</p></Notice>
            }
            <div class="review">
                <Summary
                    source={*source}
                    counts={*counts}
                    {running}
                    on_execute={transfer.execute.clone()}
                />
                <div class="review__items">
                    for (index, account) in plan.accounts.iter().enumerate() {
                        if !account.items.is_empty() {
                            <Source
                                plan={plan.clone()}
                                {index}
                                choices={transfer.choices.clone()}
                                locked={running}
                                on_choose={transfer.choose.clone()}
                            />
                        }
                    }
                </div>
            </div>
        </>
    }
}
