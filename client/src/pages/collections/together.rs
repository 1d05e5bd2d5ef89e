//! What is made of several collections: a file, or another collection.

use crate::components::collection_list::row::Row;
use crate::components::export::ExportDialog;
use crate::components::new_collection::Keep;
use crate::components::set_operations::SetOperations;
use crate::hooks::light::use_state;
use crate::text::{files, sets};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Together`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TogetherProps {
    /// The collections; not empty.
    pub(super) rows: Rc<[Row]>,
    /// Where collections can be kept.
    pub(super) places: &'static [Keep],
}

/// The open dialog.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Export,
    Combine,
}

/// The buttons and the dialogs behind them.
#[component]
pub(super) fn Together(props: &TogetherProps) -> Html {
    let open = use_state(|| None::<Open>);
    let set = |to| {
        let open = open.setter();
        Callback::from(move |_: MouseEvent| open.set(Some(to)))
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let TogetherProps { rows, places } = props.clone();
    html! {
        <div class="actions">
            <button type="button" class="button button--quiet" onclick={set(Open::Export)}>
                { files::EXPORT }
            </button>
            if rows.len() > 1 && !places.is_empty() {
                <button type="button" class="button button--quiet" onclick={set(Open::Combine)}>
                    { sets::TITLE }
                </button>
            }
            { match *open {
                Some(Open::Export) => html! { <ExportDialog {rows} {on_close} /> },
                Some(Open::Combine) => html! { <SetOperations {rows} {places} {on_close} /> },
                None => Html::default(),
            } }
        </div>
    }
}
