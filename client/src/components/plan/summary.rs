//! What a transfer comes to, and the one button that makes it.

use super::PlanCounts;
use crate::components::RouteLink;
use crate::hooks::TransferSource;
use crate::route::Route;
use crate::text::format::number;
use crate::text::receipt::will;
use crate::text::review as text;
use yew::prelude::*;

/// Properties of [`Summary`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SummaryProps {
    /// Where the collections come from.
    pub source: TransferSource,
    /// What the choices come to.
    pub counts: PlanCounts,
    /// Whether it is being done.
    pub running: bool,
    /// The user wants it done.
    pub on_execute: Callback<()>,
}

/// Counts and button.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let transferred = props.counts.transferred();
    html! {
        <section class="review__summary" aria-labelledby="summary-title" aria-busy={props.running.to_string()}>
            <h2 id="summary-title">{ text::SUMMARY }</h2>
            <div role="status" class="summary__counts">
                <ul class="counts">
                    for (counted, n) in props.counts.shown() {
                        <li>
                            <span class="number">{ number(n) }</span>
                            { " " }
                            <span>{ will(counted, n) }</span>
                        </li>
                    }
                </ul>
                if transferred == 0 {
                    <p>{ text::NOTHING_CHOSEN }</p>
                }
                if props.running {
                    <p>{ text::RUNNING }</p>
                }
            </div>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    disabled={props.running || transferred == 0}
                    onclick={props.on_execute.reform(|_| ())}
                >
                    { text::execute(props.source, transferred) }
                </button>
                if !props.running {
                    <RouteLink to={Route::Collections}>{ text::NOT_NOW }</RouteLink>
                }
            </div>
            <p class="small">{ text::ALL_OR_NOTHING }</p>
        </section>
    }
}
