//! The button that undoes a transfer, and the result.

use crate::components::dom::aria_disabled;
use crate::components::{Severity, notice, text_with_name};
use crate::hooks::{Undo, UndoPhase};
use crate::text::errors;
use crate::text::receipt as text;
use shared::api::{Action, Receipt};
use yew::prelude::*;

/// Renders nothing for a transfer that cannot be undone, except the reason if it is the quota.
pub fn undo_control(receipt: &Receipt, undo: &Undo) -> Html {
    let is_running = undo.phase == UndoPhase::Undoing;
    let error = match &undo.phase {
        UndoPhase::Impossible if receipt.undo_dropped => {
            return html! { <p class="small soft">{ text::UNDO_DROPPED }</p> };
        }
        UndoPhase::Impossible => return Html::default(),
        UndoPhase::Undone(undone) => return undo_report(undone),
        UndoPhase::Failed(error) => Some(errors::undo_error(error)),
        UndoPhase::Possible | UndoPhase::Undoing => None,
    };
    html! {
        <>
            if let Some(words) = error {
                { notice(Severity::Danger, words.title, html! { <p>{ words.body }</p> }) }
            }
            <div class="actions" aria-busy={is_running.to_string()}>
                <button
                    type="button"
                    class="button"
                    aria-disabled={aria_disabled(is_running)}
                    onclick={undo.undo.reform(|_| ())}
                >
                    { if is_running { text::UNDOING } else { text::undo_button(receipt.kind) } }
                </button>
                <span class="small soft">{ text::undoable_until(receipt.undoable_until) }</span>
            </div>
        </>
    }
}

/// Renders how many collections were undone, and which were not because they have changed since.
fn undo_report(undone: &Receipt) -> Html {
    let items = undone.items.iter();
    let changed = items.filter(|item| item.action == Action::Skip);
    let body = html! {
        <>
            <p>{ text::undo_lead(undone.skipped) }</p>
            if undone.skipped > 0 {
                <ul>
                    for item in changed {
                        <li>{ text_with_name("{name}", Some(&item.source_name)) }</li>
                    }
                </ul>
            }
        </>
    };
    html! {
        <div role="status">
            { notice(Severity::Info, &text::title(undone.kind, undone.moved), body) }
        </div>
    }
}
