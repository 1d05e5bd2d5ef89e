//! The counts of the transfer, and the button that executes it.

use super::TransferCounts;
use crate::components::RouteLink;
use crate::components::dom::aria_disabled;
use crate::hooks::TransferSource;
use crate::route::Route;
use crate::text::format::number;
use crate::text::receipt::planned_count;
use crate::text::review as text;
use yew::prelude::*;

pub fn review_summary(
    source: TransferSource,
    counts: &TransferCounts,
    is_running: bool,
    on_execute: &Callback<()>,
) -> Html {
    let transferred = counts.transferred();
    let lines = counts.non_zero().into_iter();
    let lines = lines.map(|(counted, n)| (n, planned_count(counted, n)));
    html! {
        <section class="review__summary" aria-labelledby="summary-title" aria-busy={is_running.to_string()}>
            <h2 id="summary-title">{ text::SUMMARY }</h2>
            <div role="status" class="summary__counts">
                { count_list(lines) }
                if transferred == 0 {
                    <p>{ text::NOTHING_CHOSEN }</p>
                }
                if counts.overlapping {
                    <p class="small">{ text::SHARED_TRAITS_ONCE }</p>
                }
                if is_running {
                    <p>{ text::TRANSFER_RUNNING }</p>
                }
            </div>
            <div class="actions">
                if transferred > 0 {
                    <button
                        type="button"
                        class="button button--primary"
                        aria-disabled={aria_disabled(is_running)}
                        onclick={on_execute.reform(|_| ())}
                    >
                        { text::execute_button(source, transferred) }
                    </button>
                }
                if !is_running {
                    <RouteLink to={Route::Collections}>{ text::NOT_NOW }</RouteLink>
                }
            </div>
            if transferred > 0 {
                <p class="small">{ text::ALL_OR_NOTHING }</p>
            }
        </section>
    }
}

/// Renders counts with their labels.
pub(in crate::components) fn count_list<T: Into<Html>>(
    counts: impl Iterator<Item = (u64, T)>,
) -> Html {
    html! {
        <ul class="counts">
            for (count, label) in counts {
                <li>
                    <span class="number">{ number(count) }</span>
                    { " " }
                    <span>{ label.into() }</span>
                </li>
            }
        </ul>
    }
}
