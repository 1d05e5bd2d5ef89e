//! Buttons that open the dialogs for several collections.

use crate::pages::dialog_kind::DialogKind;
use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::{files, set_operations};
use std::rc::Rc;
use yew::prelude::*;

/// Buttons that export these collections, or combine them into a new one in one of these
/// destinations.
pub(super) fn dialog_buttons(
    rows: &Rc<[CollectionRow]>,
    destinations: &'static [Destination],
    are_selected: bool,
    open_dialog: &Callback<DialogKind>,
) -> Html {
    let number = rows.len();
    let (class, export, combine) = if are_selected {
        (
            "button",
            files::export_selected(number),
            set_operations::combine_selected(number),
        )
    } else {
        (
            "button button--quiet",
            files::EXPORT.to_owned(),
            set_operations::TITLE.to_owned(),
        )
    };
    let button = |label: String, kind: DialogKind| {
        let onclick = open_dialog.reform(move |_: MouseEvent| kind.clone());
        html! { <button type="button" {class} {onclick}>{ label }</button> }
    };
    html! {
        <>
            { button(export, DialogKind::Export(rows.clone())) }
            if number > 1 && !destinations.is_empty() {
                { button(combine, DialogKind::Combine { rows: rows.clone(), destinations, are_selected }) }
            }
        </>
    }
}
