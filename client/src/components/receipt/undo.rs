//! Taking back what a receipt records, and what came of it.

use crate::components::page::idle;
use crate::components::{Tone, notice, sentence};
use crate::hooks::{Undo, UndoPhase};
use crate::text::errors;
use crate::text::general::UNDO;
use crate::text::receipt as text;
use shared::api::{Action, Receipt};
use yew::prelude::*;

/// The button that takes it back, until when, and what came of it; nothing where that is not possible.
pub fn undo_control(receipt: &Receipt, undo: &Undo) -> Html {
    let running = undo.phase == UndoPhase::Running;
    let failed = match &undo.phase {
        UndoPhase::Failed(error) => Some(errors::undo(error)),
        _ => None,
    };
    match &undo.phase {
        UndoPhase::Impossible => Html::default(),
        UndoPhase::Done(undone) => report(undone),
        UndoPhase::Possible | UndoPhase::Running | UndoPhase::Failed(_) => html! {
            <>
                if let Some(words) = failed {
                    { notice(Tone::Danger, words.title, html! { <p>{ words.body }</p> }) }
                }
                <div class="actions" aria-busy={running.to_string()}>
                    <button
                        type="button"
                        class="button"
                        aria-disabled={idle(running)}
                        onclick={undo.undo.reform(|_| ())}
                    >
                        { if running { text::UNDOING } else { UNDO } }
                    </button>
                    <span class="small soft">{ text::undoable_until(receipt.undoable_until) }</span>
                </div>
            </>
        },
    }
}

/// How much went back, and what stayed because it was changed since.
fn report(undone: &Receipt) -> Html {
    let stayed = undone
        .items
        .iter()
        .filter(|item| item.action == Action::Skip);
    let body = html! {
        <>
            <p>{ text::undone_lead(undone.skipped) }</p>
            if undone.skipped > 0 {
                <ul>
                    for item in stayed {
                        <li>{ sentence("{name}", Some(&item.source_name)) }</li>
                    }
                </ul>
            }
        </>
    };
    html! {
        <div role="status">
            { notice(Tone::Plain, &text::title(undone.kind, undone.moved), body) }
        </div>
    }
}
