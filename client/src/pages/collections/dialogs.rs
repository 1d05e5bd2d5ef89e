//! What is made of collections, or of a file: the buttons, and the dialogs behind them, which are loaded when they are asked for.

use crate::components::collection_list::row::Row;
use crate::components::later::Later;
use crate::components::new_collection::Keep;
use crate::hooks::light::use_state;
use crate::later::{Asked, Wanted};
use crate::text::{files, sets};
use std::rc::Rc;
use yew::prelude::*;

/// The dialogs of the list.
pub(super) struct Dialogs {
    /// Opens one.
    pub(super) ask: Callback<Asked>,
    /// The open one, if any.
    pub(super) open: Html,
}

/// One dialog at a time.
#[hook]
pub(super) fn use_dialogs() -> Dialogs {
    let asked = use_state(|| None::<Asked>);
    let ask = {
        let asked = asked.setter();
        Callback::from(move |dialog| asked.set(Some(dialog)))
    };
    let open = match &*asked {
        Some(dialog) => {
            let (dialog, asked) = (dialog.clone(), asked.setter());
            let on_close = Callback::from(move |()| asked.set(None));
            html! { <Later wanted={Wanted::Dialog(dialog, on_close)} /> }
        }
        None => Html::default(),
    };
    Dialogs { ask, open }
}

/// Buttons for what can be made of these: a file, or another collection in one of these `places`.
pub(super) fn made_of(
    rows: &Rc<[Row]>,
    places: &'static [Keep],
    are_selected: bool,
    ask: &Callback<Asked>,
) -> Html {
    let number = rows.len();
    let (class, export, combine) = if are_selected {
        (
            "button",
            files::export_selected(number),
            sets::combine_selected(number),
        )
    } else {
        let texts = (files::EXPORT.to_owned(), sets::TITLE.to_owned());
        ("button button--quiet", texts.0, texts.1)
    };
    let button = |label: String, what: Asked| {
        let onclick = ask.reform(move |_: MouseEvent| what.clone());
        html! { <button type="button" {class} {onclick}>{ label }</button> }
    };
    html! {
        <>
            { button(export, Asked::Export(rows.clone())) }
            if number > 1 && !places.is_empty() {
                { button(combine, Asked::Combine { rows: rows.clone(), places, are_selected }) }
            }
        </>
    }
}
