//! The field in which traits are typed or pasted, with files that are chosen or dropped, and the
//! report of what they hold.

use crate::components::button;
use crate::hooks::TraitInput;
use crate::state::trait_input::{ParseOutcome, TraitSource, TraitSourcesAction};
use crate::text::collection::{self as text, Purpose};
use crate::text::collections::TRAITS_HINT;
use crate::text::files as files_text;
use crate::text::format::and_more;
use crate::text::general::CANCEL;
use shared::formats::Report;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, File, FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The most malformed pieces that a report lists.
const MAX_LISTED: usize = 5;

/// The files that browsers show first; others can be chosen as well.
pub const ACCEPTED_FILES: &str = ".csv,.tsv,.txt,.json,.gmt,.xlsx,.ods";

pub fn traits_field(id: &'static str, label: Html, input: &TraitInput, purpose: Purpose) -> Html {
    let hint_id = format!("{id}-hint");
    let oninput = {
        let input = input.clone();
        move |event: InputEvent| {
            input.set_text(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        }
    };
    let onpaste = {
        let input = input.clone();
        move |event: Event| {
            let data = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data);
            let content = |kind| data.as_ref().and_then(|data| data.get_data(kind).ok());
            if content("text/html").is_some_and(|html| input.paste_page(&html))
                || content("text").is_some_and(|text| input.paste(&text))
            {
                event.prevent_default();
            }
        }
    };
    let onchange = {
        let input = input.clone();
        move |event: Event| {
            let file_input = event.target_unchecked_into::<HtmlInputElement>();
            input.add_sources(file_sources(file_input.files()));
            // The same file can then be chosen again.
            file_input.set_value("");
        }
    };
    let ondrop = {
        let input = input.clone();
        move |event: DragEvent| {
            let sources = file_sources(event.data_transfer().and_then(|data| data.files()));
            if !sources.is_empty() {
                event.prevent_default();
                input.add_sources(sources);
            }
        }
    };
    html! {
        <div class="field" ondragover={allow_files} {ondrop}>
            { label }
            <span class="field__hint" id={hint_id.clone()}>{ TRAITS_HINT }</span>
            <textarea
                {id}
                aria-describedby={hint_id}
                autocapitalize="off"
                spellcheck="false"
                value={input.text.clone()}
                {oninput}
                {onpaste}
            />
            <label class="field__files">
                { files_text::OR_FILES }
                <input type="file" multiple=true accept={ACCEPTED_FILES} {onchange} />
            </label>
            { reports(input, purpose) }
            { source_actions(input) }
        </div>
    }
}

/// Lets files be dropped. Without this the browser leaves the page to show a dropped file.
pub fn allow_files(event: DragEvent) {
    let types = event.data_transfer().map(|data| data.types());
    if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
        event.prevent_default();
    }
}

pub fn files(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|n| list.get(n)).collect()
}

fn file_sources(list: Option<FileList>) -> Vec<TraitSource> {
    files(list).into_iter().map(TraitSource::File).collect()
}

fn reports(input: &TraitInput, purpose: Purpose) -> Html {
    let sources = &input.sources;
    html! {
        <div class="report" role="status">
            { report(&input.typed.report, purpose) }
            for (source, outcome) in sources.sources.iter().zip(&sources.outcomes) {
                <div>
                    <p><strong><bdi translate="no">{ source_name(source) }</bdi></strong></p>
                    { match &**outcome {
                        ParseOutcome::Parsed(parsed) => report(&parsed.report, purpose),
                        ParseOutcome::Refused(error) => html! { <p>{ files_text::file_error(*error) }</p> },
                        ParseOutcome::Failed => html! { <p>{ files_text::NOT_READ }</p> },
                    } }
                </div>
            }
            if let Some(source) = sources.current() {
                <p>{ files_text::READING }{ " " }<bdi translate="no">{ source_name(source) }</bdi></p>
            }
        </div>
    }
}

fn source_actions(input: &TraitInput) -> Html {
    let sources = &input.sources;
    if sources.sources.is_empty() {
        return Html::default();
    }
    let has_failed = sources
        .outcomes
        .iter()
        .any(|one| **one == ParseOutcome::Failed);
    let quiet_button = |label: &'static str, action: fn() -> TraitSourcesAction| {
        let input = input.clone();
        let on_click = Callback::from(move |()| input.dispatch(action()));
        button("button--quiet", label, &on_click)
    };
    html! {
        <div class="actions">
            if sources.current().is_some() {
                { quiet_button(CANCEL, || TraitSourcesAction::Cancel) }
            } else {
                if has_failed {
                    { quiet_button(files_text::RETRY, || TraitSourcesAction::Retry) }
                }
                { quiet_button(files_text::CLEAR, || TraitSourcesAction::Clear) }
            }
        </div>
    }
}

fn source_name(source: &TraitSource) -> AttrValue {
    match source {
        TraitSource::Text(_) => files_text::PASTED.into(),
        TraitSource::File(file) => file.name().into(),
    }
}

pub fn report(report: &Report, purpose: Purpose) -> Html {
    let Report {
        accepted,
        repeated,
        signed,
        empty,
        is_windows_1252,
        malformed,
        listed,
        ..
    } = report;
    let is_empty = accepted + repeated + malformed == 0;
    html! {
        <>
            if !is_empty {
                <p>{ text::parse_report(purpose, *accepted, *repeated, *malformed) }</p>
            }
            if *signed > 0 {
                <p>{ files_text::signatures_removed(*signed) }</p>
            }
            if *empty > 0 {
                <p>{ files_text::empty_left_out(*empty) }</p>
            }
            if *is_windows_1252 {
                <p>{ files_text::WINDOWS_1252 }</p>
            }
            if !listed.is_empty() {
                <ul>
                    for piece in listed.iter().take(MAX_LISTED) {
                        <li><bdi>{ text::malformed_line(purpose, piece) }</bdi></li>
                    }
                    if *malformed > MAX_LISTED {
                        <li>{ and_more((malformed - MAX_LISTED) as u64) }</li>
                    }
                </ul>
            }
        </>
    }
}
