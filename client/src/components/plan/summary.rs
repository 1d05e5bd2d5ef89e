//! What a transfer comes to, and the one button that makes it.

use super::PlanCounts;
use crate::components::RouteLink;
use crate::components::page::idle;
use crate::hooks::TransferSource;
use crate::route::Route;
use crate::text::format::number;
use crate::text::receipt::will;
use crate::text::review as text;
use yew::prelude::*;

/// What the choices come to, and the button for the user who wants it done, if anything is to be. It is of no use
/// while that is `running`.
pub fn summary(
    source: TransferSource,
    counts: &PlanCounts,
    running: bool,
    on_execute: &Callback<()>,
) -> Html {
    let transferred = counts.transferred();
    html! {
        <section class="review__summary" aria-labelledby="summary-title" aria-busy={running.to_string()}>
            <h2 id="summary-title">{ text::SUMMARY }</h2>
            <div role="status" class="summary__counts">
                <ul class="counts">
                    for (counted, n) in counts.shown() {
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
                if counts.overlapping {
                    <p class="small">{ text::OVERLAPPING }</p>
                }
                if running {
                    <p>{ text::RUNNING }</p>
                }
            </div>
            <div class="actions">
                if transferred > 0 {
                    <button
                        type="button"
                        class="button button--primary"
                        aria-disabled={idle(running)}
                        onclick={on_execute.reform(|_| ())}
                    >
                        { text::execute(source, transferred) }
                    </button>
                }
                if !running {
                    <RouteLink to={Route::Collections}>{ text::NOT_NOW }</RouteLink>
                }
            </div>
            if transferred > 0 {
                <p class="small">{ text::ALL_OR_NOTHING }</p>
            }
        </section>
    }
}
