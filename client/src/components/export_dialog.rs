//! The dialog that writes collections to a file or to the clipboard.

use crate::browser::download::save_text_file;
use crate::components::{
    Dialog, button, checked_rows, radio_group, row_checklist, use_sign_in_again,
};
use crate::hooks::{CollectionReader, use_collection_reader, use_task_runner};
use crate::state::collection_row::CollectionRow;
use crate::text::files as text;
use crate::text::general::CLOSE;
use shared::formats::Format;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ExportDialogProps {
    /// The collections that can be exported; not empty. All are checked at first.
    pub rows: Rc<[CollectionRow]>,
    pub on_close: Callback<()>,
}

#[derive(Clone, Copy)]
enum ExportTarget {
    Clipboard,
    File,
}

#[component]
pub fn ExportDialog(props: &ExportDialogProps) -> Html {
    let (reader, sign_in_again) = (use_collection_reader(), use_sign_in_again());
    let format = use_state(|| Format::ALL[0]);
    let status = use_state(|| AttrValue::from(""));
    let checked = use_state(|| vec![true; props.rows.len()]);
    let runner = use_task_runner();
    let rows = checked_rows(&props.rows, &checked);
    let (count, is_empty) = (rows.len(), rows.is_empty());
    let on_export = {
        let (format, status) = (*format, status.setter());
        Callback::from(move |target: ExportTarget| {
            let (reader, rows, status) = (reader.clone(), rows.clone(), status.clone());
            status.set(text::WORKING.into());
            runner.start(async move {
                status.set(export(&reader, &rows, format, target).await);
            });
        })
    };
    let describe = |format| {
        let hint = text::format_hint(format, count > 1);
        (text::format_name(format).to_owned(), hint)
    };
    let export_button = |class: &'static str, target: ExportTarget, label: &'static str| {
        let class = classes!("button", class);
        let onclick = on_export.reform(move |_: MouseEvent| target);
        html! { <button type="button" {class} disabled={is_empty} {onclick}>{ label }</button> }
    };
    html! {
        <Dialog title={text::export_title(props.rows.len())} on_cancel={props.on_close.clone()}>
            if props.rows.len() > 1 {
                { row_checklist(&props.rows, &checked) }
            }
            { radio_group(text::FORMAT, "export-format", &Format::ALL, &format, describe) }
            <p role="status">{ &*status }</p>
            { sign_in_again }
            <div class="dialog__actions">
                { button("", CLOSE, &props.on_close) }
                { export_button("", ExportTarget::Clipboard, text::COPY) }
                { export_button("button--primary", ExportTarget::File, text::DOWNLOAD) }
            </div>
        </Dialog>
    }
}

/// Exports the collections and returns the message about it.
async fn export(
    reader: &CollectionReader,
    rows: &[CollectionRow],
    format: Format,
    target: ExportTarget,
) -> AttrValue {
    let file = match reader.export(format, rows).await {
        Ok(file) => file,
        Err(error) => return text::contents_error(&error).into(),
    };
    match target {
        ExportTarget::Clipboard => {
            let clipboard = gloo_utils::window().navigator().clipboard();
            let copied = JsFuture::from(clipboard.write_text(&file)).await;
            copied.map_or(text::NOT_COPIED, |_| text::COPIED).into()
        }
        ExportTarget::File => {
            let name = match rows {
                [row] => &*row.name,
                _ => text::EXPORT_FILE_NAME,
            };
            let name = format.file_name(name);
            let saved = save_text_file(&name, format.media_type(), &file);
            saved.map_or(text::NOT_SAVED.into(), |()| text::downloaded(&name).into())
        }
    }
}
