//! Collections into a file, or into the clipboard.

use crate::browser::task::Task;
use crate::components::Dialog;
use crate::components::choice::choice;
use crate::components::collection_list::row::Row;
use crate::components::picker::picker;
use crate::components::receipt::download::save;
use crate::components::remedy::use_remedy;
use crate::hooks::light::use_state;
use crate::hooks::use_contents;
use crate::text::files as text;
use crate::text::general::CLOSE;
use shared::formats::Format;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

/// Properties of [`ExportDialog`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ExportDialogProps {
    /// What can go into the file; not empty. Everything does unless the user says otherwise.
    pub rows: Rc<[Row]>,
    /// The user is done.
    pub on_close: Callback<()>,
}

/// Asks for the format, and makes the file.
#[component]
pub fn ExportDialog(props: &ExportDialogProps) -> Html {
    let (contents, remedy) = (use_contents(), use_remedy());
    let format = use_state(|| Format::ALL[0]);
    let status = use_state(|| AttrValue::from(""));
    let chosen = use_state(|| vec![true; props.rows.len()]);
    // Ends with the dialog.
    let running = use_mut_ref(|| None::<Task>);
    let act = {
        let rows = picked(&props.rows, &chosen);
        let (format, status) = (*format, status.setter());
        Callback::from(move |copy: bool| {
            let (contents, rows, status) = (contents.clone(), rows.clone(), status.clone());
            status.set(text::WORKING.into());
            running.replace(Some(Task::spawn(async move {
                let said = match contents.write(format, &rows).await {
                    Ok(file) if copy => {
                        let clipboard = gloo_utils::window().navigator().clipboard();
                        let copied = JsFuture::from(clipboard.write_text(&file)).await;
                        let said = copied.map_or(text::NOT_COPIED, |_| text::COPIED);
                        AttrValue::from(said)
                    }
                    Ok(file) => {
                        let name = match &*rows {
                            [row] => &*row.name,
                            _ => text::SEVERAL,
                        };
                        let name = format.file_name(name);
                        let saved = save(&name, format.media_type(), &file);
                        saved.map_or(text::NOT_SAVED.into(), |()| text::saved(&name).into())
                    }
                    Err(error) => text::contents_failure(&error).into(),
                };
                status.set(said);
            })));
        })
    };
    let on_toggle = {
        let chosen = chosen.clone();
        Callback::from(move |number: usize| {
            let mut next = (*chosen).clone();
            next[number] ^= true;
            chosen.set(next);
        })
    };
    let count = chosen.iter().filter(|chosen| **chosen).count();
    let picks = props.rows.iter().zip(chosen.iter());
    let picks = picks.map(|(row, picked)| (&*row.name, row.num_members, *picked, ""));
    let formats = Format::ALL.into_iter().map(|option| {
        let meaning = text::format_hint(option, count > 1);
        (text::format_name(option).into(), meaning, option == *format)
    });
    let on_format = {
        let format = format.setter();
        Callback::from(move |option: usize| format.set(Format::ALL[option]))
    };
    html! {
        <Dialog title={text::export_title(props.rows.len())} on_cancel={props.on_close.clone()}>
            if props.rows.len() > 1 {
                { picker(picks, &on_toggle) }
            }
            { choice(text::FORMAT, "export-format", formats, &on_format) }
            <p role="status">{ &*status }</p>
            { remedy }
            <div class="dialog__actions">
                <button type="button" class="button" onclick={props.on_close.reform(|_| ())}>
                    { CLOSE }
                </button>
                <button type="button" class="button" disabled={count == 0} onclick={act.reform(|_| true)}>
                    { text::COPY }
                </button>
                <button type="button" class="button button--primary" disabled={count == 0} onclick={act.reform(|_| false)}>
                    { text::DOWNLOAD }
                </button>
            </div>
        </Dialog>
    }
}

/// The rows that are chosen.
pub fn picked(rows: &[Row], chosen: &[bool]) -> Rc<[Row]> {
    let rows = rows.iter().zip(chosen).filter(|(_, chosen)| **chosen);
    rows.map(|(row, _)| row.clone()).collect()
}
