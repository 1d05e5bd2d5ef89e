//! Several collections as sets: what is in which, and a new collection made of them.
//!
//! - [`mod@picture`]: the counts as a Venn diagram or an `UpSet` plot, and as a table

pub mod picture;

use crate::api::ApiError;
use crate::browser::task::Task;
use crate::components::Dialog;
use crate::components::choice::{Choice, choice};
use crate::components::collection_list::row::Row;
use crate::components::export::picked;
use crate::components::new_collection::{Keep, NAME_LENGTH, places};
use crate::components::page::idle;
use crate::components::picker::picker;
use crate::components::remedy::use_remedy;
use crate::components::toast::{Toast, use_toaster};
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::{ContentsError, use_contents, use_editing};
use crate::text::collections::{CREATED, CREATED_IN_ACCOUNT, KEEP, NAME, NAME_MISSING};
use crate::text::editing::WAITS;
use crate::text::general::{CANCEL, LOADING};
use crate::text::{editing, errors, files, sets as text};
use picture::picture;
use shared::formats::FileCollection;
use shared::setops::{Operation, Region};
use std::rc::Rc;
use uuid::Uuid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// So many are chosen at once; of more, those that are meant are picked.
const FEW: usize = 3;

/// Properties of [`SetOperations`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SetOperationsProps {
    /// The collections that can be combined.
    pub rows: Rc<[Row]>,
    /// Where the result can be kept, the usual place first; not empty.
    pub places: &'static [Keep],
    /// Whether they were selected before: then all of them are meant, however many.
    #[prop_or_default]
    pub are_selected: bool,
    /// The user is done.
    pub on_close: Callback<()>,
}

/// The collections' members, and how many are in which of them.
type Compared = (Rc<Vec<Vec<String>>>, Vec<Region>);

/// The dialog: counts first, then the choice, then the name.
#[component]
pub fn SetOperations(props: &SetOperationsProps) -> Html {
    let (contents, editor, toaster) = (use_contents(), use_editing(), use_toaster());
    let remedy = use_remedy();
    let compared = use_state(|| None::<Result<Compared, ContentsError>>);
    let chosen =
        use_state(|| vec![props.are_selected || props.rows.len() <= FEW; props.rows.len()]);
    let rows = use_memo((props.rows.clone(), (*chosen).clone()), |(rows, chosen)| {
        picked(rows, chosen)
    });
    let operation = use_state(|| Operation::Union);
    let name = use_state(|| None::<String>);
    let keep = use_state(|| props.places[0]);
    let failure = use_state(String::new);
    let busy = use_state(|| false);
    let running = use_mut_ref(|| None::<Task>);
    // The same result asked for again is the same attempt, however often its answer is lost.
    let key = *use_memo((*operation, *keep, (*name).clone()), |_| Uuid::new_v4());
    {
        let (contents, compared) = (contents.clone(), compared.setter());
        use_effect_with(rows.clone(), move |rows| {
            let rows = rows.clone();
            let task = Task::spawn(async move {
                compared.set(None);
                if rows.len() > 1 {
                    compared.set(Some(compare(&contents, &rows).await));
                }
            });
            move || drop(task)
        });
    }
    let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
    let called = match &*name {
        Some(name) => name.clone(),
        None => text::proposed_name(*operation, &names),
    };
    let onsubmit = {
        let (called, operation, keep, compared) =
            (called.clone(), *operation, *keep, (*compared).clone());
        let note = text::note(operation, &names);
        let (running, is_busy) = (running.clone(), *busy);
        let (failure, busy, on_close) = (failure.setter(), busy.setter(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_busy {
                return;
            }
            let Some(Ok((sets, _))) = &compared else {
                return;
            };
            if called.trim().is_empty() {
                failure.set(NAME_MISSING.to_owned());
                return;
            }
            let (contents, editor, toaster) = (contents.clone(), editor.clone(), toaster.clone());
            let (failure, busy, on_close) = (failure.clone(), busy.clone(), on_close.clone());
            let mut result = FileCollection {
                name: called.trim().to_owned(),
                note: Some(note.clone()),
                ..FileCollection::default()
            };
            let sets = Vec::clone(sets);
            busy.set(true);
            running.replace(Some(Task::spawn(async move {
                let combined = contents.combine(operation, sets).await;
                let saved = match combined {
                    Err(error) => Err(files::contents_failure(&error)),
                    Ok(members) => {
                        result.members = members;
                        let trouble = |error: &ApiError| failure.set(errors::api(error).in_one());
                        let saved = editor.create(keep, &result, key, &trouble).await;
                        saved.map_err(|error| editing::failure(&error).in_one())
                    }
                };
                match saved {
                    Err(said) => {
                        busy.set(false);
                        failure.set(said);
                    }
                    Ok(stored) => {
                        let said = match keep {
                            _ if !stored => WAITS,
                            Keep::InBrowser => CREATED,
                            Keep::InAccount => CREATED_IN_ACCOUNT,
                        };
                        toaster.show(Toast::new(said).about(result.name));
                        on_close.emit(());
                    }
                }
            })));
        })
    };
    let oninput = {
        let name = name.setter();
        Callback::from(move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            name.set(Some(input.value()));
        })
    };
    let sets = rows.len();
    let on_toggle = {
        let chosen = chosen.clone();
        Callback::from(move |number: usize| {
            let mut next = (*chosen).clone();
            next[number] ^= true;
            chosen.set(next);
        })
    };
    let picks = props.rows.iter().zip(chosen.iter());
    let picks = picks.map(|(row, picked)| (&*row.name, row.num_members, *picked, ""));
    let on_operation = {
        let operation = operation.setter();
        Callback::from(move |option: usize| operation.set(Operation::ALL[option]))
    };
    let body = match &*compared {
        None if sets < 2 => html! { <p role="status">{ text::PICK_TWO }</p> },
        None => html! { <p class="loading" role="status">{ LOADING }</p> },
        Some(Err(error)) => html! {
            <>
                <p class="field__error" role="alert">{ files::contents_failure(error) }</p>
                { remedy.clone() }
            </>
        },
        Some(Ok((_, regions))) => html! {
            <>
                { picture(&names, regions) }
                { choice(text::OPERATION, "set-operation", operations(regions, sets, *operation), &on_operation) }
                <label class="field">
                    { NAME }
                    <input type="text" dir="auto" autocomplete="off" maxlength={NAME_LENGTH} value={called} {oninput} />
                </label>
                if props.places.len() > 1 {
                    { places(KEEP, props.places, &keep) }
                }
            </>
        },
    };
    html! {
        <Dialog title={text::TITLE} on_cancel={props.on_close.clone()}>
            <form class="form" novalidate=true {onsubmit}>
                if props.rows.len() > 2 {
                    { picker(picks, &on_toggle) }
                }
                { body }
                if !failure.is_empty() {
                    <p class="field__error" role="alert">{ &*failure }</p>
                    { remedy.clone() }
                }
                <div class="dialog__actions">
                    <button type="button" class="button" onclick={props.on_close.reform(|_| ())}>
                        { CANCEL }
                    </button>
                    <button
                        type="submit"
                        class="button button--primary"
                        disabled={!matches!(*compared, Some(Ok(_)))}
                        aria-disabled={idle(*busy)}
                    >
                        { text::SAVE }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

async fn compare(
    contents: &crate::hooks::Contents,
    rows: &[Row],
) -> Result<Compared, ContentsError> {
    let collections = contents.of(rows).await?;
    let sets: Vec<Vec<String>> = collections.into_iter().map(|one| one.members).collect();
    let regions = contents.regions(sets.clone()).await?;
    Ok((Rc::new(sets), regions))
}

/// What can be made of them, with how many traits that gives.
fn operations(
    regions: &[Region],
    sets: usize,
    chosen: Operation,
) -> impl Iterator<Item = Choice<'static>> {
    Operation::ALL.into_iter().map(move |option| {
        let label = text::counted(option, option.count(regions, sets));
        (label.into(), text::meaning(option, sets), option == chosen)
    })
}
