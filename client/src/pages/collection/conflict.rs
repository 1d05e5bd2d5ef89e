//! The notice that a collection was changed or deleted elsewhere while the user edited it.

use crate::components::dom::aria_disabled;
use crate::components::{RouteLink, Severity, notice, text_with_name};
use crate::hooks::{CollectionDiff, CollectionEdit};
use crate::route::Route;
use crate::text::editing as text;
use crate::text::general::BACK;
use std::rc::Rc;
use yew::prelude::*;

/// An edit that was not saved because the collection had changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conflict {
    pub(super) edit: CollectionEdit,
    /// The change made elsewhere; `None` if the collection was deleted.
    pub(super) difference: Option<CollectionDiff>,
}

/// Describes the conflict and offers to make the edit anyway.
pub(super) fn conflict_notice(
    conflict: &Rc<Conflict>,
    is_busy: bool,
    on_edit: &Callback<CollectionEdit>,
    on_dismiss: Callback<MouseEvent>,
) -> Html {
    let Some(difference) = &conflict.difference else {
        return deleted_elsewhere();
    };
    let on_retry = {
        let conflict = conflict.clone();
        on_edit.reform(move |_: MouseEvent| conflict.edit.clone())
    };
    let body = html! {
        <>
            <p>
                for change in text::describe_difference(difference) {
                    { text_with_name(&change, difference.renamed.as_deref()) }{ " " }
                }
                { text::unsaved_edit(&conflict.edit) }
            </p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    aria-disabled={aria_disabled(is_busy)}
                    onclick={(!is_busy).then_some(on_retry)}
                >
                    { text::overwrite_button(&conflict.edit) }
                </button>
                <button type="button" class="button" onclick={on_dismiss}>
                    { text::KEEP_OTHER_CHANGE }
                </button>
            </div>
        </>
    };
    notice(Severity::Warning, text::CHANGED_TITLE, body)
}

pub(super) fn deleted_elsewhere() -> Html {
    let body = html! {
        <>
            <p>{ text::DELETED_ELSEWHERE_BODY }</p>
            <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
        </>
    };
    notice(Severity::Danger, text::DELETED_ELSEWHERE_TITLE, body)
}
