//! The dialog that compares collections as sets and creates a new collection from them.
//!
//! - [`combination`]: fetching and comparing the collections, and saving the result
//! - [`form`]: the fields for operation, name and destination of the result
//! - [`mod@diagram`]: the sizes of the intersections as a Venn diagram or `UpSet` plot

mod combination;
mod diagram;
mod form;

use crate::components::{Dialog, checked_rows, form_buttons, row_checklist, use_sign_in_again};
use crate::hooks::use_task_runner;
use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::collections::NAME_MISSING;
use crate::text::files::contents_error;
use crate::text::general::LOADING;
use crate::text::set_operations as text;
use combination::{use_comparison, use_save_combination};
use form::CombinationForm;
use shared::setops::Operation;
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

/// Up to this number of collections all are checked at first.
const MAX_CHECKED_AT_FIRST: usize = 3;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SetOperationsDialogProps {
    pub rows: Rc<[CollectionRow]>,
    /// The possible destinations of the result, the usual one first; not empty.
    pub destinations: &'static [Destination],
    /// Whether the user selected the rows; then all are checked at first.
    #[prop_or_default]
    pub are_selected: bool,
    pub on_close: Callback<()>,
}

#[component]
pub fn SetOperationsDialog(props: &SetOperationsDialogProps) -> Html {
    let num_rows = props.rows.len();
    let check_all = props.are_selected || num_rows <= MAX_CHECKED_AT_FIRST;
    let checked = use_state(|| vec![check_all; num_rows]);
    let rows = use_memo(
        (props.rows.clone(), (*checked).clone()),
        |(rows, checked)| checked_rows(rows, checked),
    );
    let comparison = use_comparison(rows.clone());
    let form = CombinationForm {
        rows: (*rows).clone(),
        operation: use_state(|| Operation::Union),
        written_name: use_state(|| None::<String>),
        destination: use_state(|| props.destinations[0]),
    };
    // The idempotency key: the same input submitted again creates no second collection.
    let key = *use_memo(form.input(), |_| Uuid::new_v4());
    let (save, runner) = (use_save_combination(&props.on_close), use_task_runner());
    let sign_in_again = use_sign_in_again();
    let error_line = |error: &str| {
        html! { <><p class="field__error" role="alert">{ error }</p>{ sign_in_again.clone() }</> }
    };
    let (sets, body) = match &*comparison {
        None if rows.len() < 2 => (None, html! { <p role="status">{ text::PICK_TWO }</p> }),
        None => (
            None,
            html! { <p class="loading" role="status">{ LOADING }</p> },
        ),
        Some(Err(error)) => (None, error_line(&contents_error(error))),
        Some(Ok(comparison)) => {
            let fields = form.fields(&comparison.regions, props.destinations);
            (Some(comparison.sets.clone()), fields)
        }
    };
    let is_ready = sets.is_some();
    let onsubmit = {
        let (operation, destination) = (*form.operation, *form.destination);
        let (save, collection) = (save.clone(), form.collection());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(sets) = sets.clone().filter(|_| !*save.is_busy) else {
                return;
            };
            if collection.name.is_empty() {
                save.error.set(NAME_MISSING.to_owned());
            } else {
                save.is_busy.set(true);
                let save = save.clone();
                runner.start(save.run(operation, sets, collection.clone(), destination, key));
            }
        })
    };
    html! {
        <Dialog title={text::TITLE} on_cancel={props.on_close.clone()}>
            <form class="form" novalidate=true {onsubmit}>
                if num_rows > 2 {
                    { row_checklist(&props.rows, &checked) }
                }
                { body }
                if !save.error.is_empty() {
                    { error_line(&save.error) }
                }
                { form_buttons(&props.on_close, text::SAVE, !is_ready, *save.is_busy) }
            </form>
        </Dialog>
    }
}
