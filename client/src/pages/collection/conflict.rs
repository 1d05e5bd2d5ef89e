//! What stands above a collection when somebody else has changed it meanwhile.

use crate::components::page::idle;
use crate::components::{RouteLink, Tone, notice, sentence};
use crate::hooks::{Difference, Edit};
use crate::route::Route;
use crate::text::editing as text;
use crate::text::general::BACK;
use yew::prelude::*;

/// A change that was not made, because the collection was no longer what was shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conflict {
    /// The change.
    pub(super) edit: Edit,
    /// What others have changed; `None` if they deleted it.
    pub(super) difference: Option<Difference>,
}

/// Says what others have changed and what was not done because of that, and offers to do it all the same.
pub(super) fn conflict(
    conflict: &Conflict,
    busy: bool,
    on_retry: Callback<MouseEvent>,
    on_leave: Callback<MouseEvent>,
) -> Html {
    let Conflict { edit, difference } = conflict;
    let Some(difference) = difference else {
        return deleted_elsewhere();
    };
    let changes = text::difference(difference);
    let body = html! {
        <>
            <p>
                for change in &changes {
                    { sentence(change, difference.renamed.as_deref()) }{ " " }
                }
                { text::not_done(edit) }
            </p>
            <div class="actions">
                <button type="button" class="button button--primary" aria-disabled={idle(busy)} onclick={(!busy).then_some(on_retry)}>
                    { text::do_it(edit) }
                </button>
                <button type="button" class="button" onclick={on_leave}>{ text::LEAVE_IT }</button>
            </div>
        </>
    };
    notice(Tone::Warning, text::CHANGED_TITLE, body)
}

/// Says that it is gone, and how it can be brought back.
pub(super) fn deleted_elsewhere() -> Html {
    let body = html! {
        <>
            <p>{ text::GONE_BODY }</p>
            <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
        </>
    };
    notice(Tone::Danger, text::GONE_TITLE, body)
}
