//! The field in which traits are typed or pasted, with the files that are chosen or dropped, and the report of all of it.

use crate::hooks::Gathering;
use crate::state::gathering::{GatherAction, Outcome, Source};
use crate::text::collection::{self as text, Purpose};
use crate::text::collections::TRAITS_HINT;
use crate::text::files;
use crate::text::general::CANCEL;
use shared::formats::Report;
use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How many of the pieces that are left out are listed.
const LISTED: usize = 5;

/// What the file dialogs of browsers show first; others can be chosen as well.
pub const FILES: &str = ".csv,.tsv,.txt,.json,.gmt";

/// Draws the field with the label that is given, and what it and the files hold.
pub fn traits_field(
    id: &'static str,
    label: Html,
    gathering: &Gathering,
    purpose: Purpose,
) -> Html {
    let hint = format!("{id}-hint");
    let oninput = {
        let gathering = gathering.clone();
        move |event: InputEvent| {
            gathering.write(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        }
    };
    let onpaste = {
        let gathering = gathering.clone();
        move |event: Event| {
            let text = event
                .dyn_ref::<web_sys::ClipboardEvent>()
                .and_then(web_sys::ClipboardEvent::clipboard_data)
                .and_then(|data| data.get_data("text").ok());
            if text.is_some_and(|text| gathering.paste(text)) {
                event.prevent_default();
            }
        }
    };
    let onchange = {
        let gathering = gathering.clone();
        move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            gathering.bring(sources(input.files()));
            // The same file can then be chosen again.
            input.set_value("");
        }
    };
    let ondrop = {
        let gathering = gathering.clone();
        move |event: DragEvent| {
            let files = event.data_transfer().and_then(|data| data.files());
            let sources = sources(files);
            if !sources.is_empty() {
                event.prevent_default();
                gathering.bring(sources);
            }
        }
    };
    html! {
        <div class="field" ondragover={allow_files} {ondrop}>
            { label }
            <span class="field__hint" id={hint.clone()}>{ TRAITS_HINT }</span>
            <textarea
                {id}
                aria-describedby={hint}
                autocapitalize="off"
                spellcheck="false"
                value={gathering.written.clone()}
                {oninput}
                {onpaste}
            />
            <label class="field__files">
                { files::OR_FILES }
                <input type="file" multiple=true accept={FILES} {onchange} />
            </label>
            { reports(gathering, purpose) }
        </div>
    }
}

/// A browser takes a file that is dropped only where it was told so; otherwise it leaves the page for it.
pub fn allow_files(event: DragEvent) {
    let types = event.data_transfer().map(|data| data.types());
    if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
        event.prevent_default();
    }
}

/// The files of an event.
pub fn sources(files: Option<FileList>) -> Vec<Source> {
    let files = files.into_iter();
    let each = |files: FileList| (0..files.length()).filter_map(move |n| files.get(n));
    files.flat_map(each).map(Source::File).collect()
}

/// What would be added, what is there already, and what is left out with its line and reason.
fn reports(gathering: &Gathering, purpose: Purpose) -> Html {
    let (typed, gathered) = (&gathering.typed.report, &gathering.gathered);
    let act = |action: fn() -> GatherAction| {
        let gathering = gathering.clone();
        Callback::from(move |_: MouseEvent| gathering.act(action()))
    };
    let named = gathered.sources.iter().zip(&gathered.outcomes);
    let failed = gathered.outcomes.iter().any(|one| **one == Outcome::Failed);
    html! {
        <>
            <div class="report" role="status">
                { report(typed, purpose) }
                for (source, outcome) in named {
                    <div>
                        <p><strong><bdi>{ name(source) }</bdi></strong></p>
                        { match &**outcome {
                            Outcome::Read(brought) => report(&brought.report, purpose),
                            Outcome::Refused(refused) => html! { <p>{ files::refused(*refused) }</p> },
                            Outcome::Failed => html! { <p>{ files::FAILED }</p> },
                        } }
                    </div>
                }
                if let Some(source) = gathered.current() {
                    <p>{ files::READING }{ " " }<bdi>{ name(source) }</bdi></p>
                }
            </div>
            if !gathered.sources.is_empty() {
                <div class="actions">
                    if gathered.current().is_some() {
                        { quiet(CANCEL, act(|| GatherAction::Cancel)) }
                    } else {
                        if failed {
                            { quiet(files::RETRY, act(|| GatherAction::Retry)) }
                        }
                        { quiet(files::CLEAR, act(|| GatherAction::Clear)) }
                    }
                </div>
            }
        </>
    }
}

fn quiet(label: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button button--quiet" {onclick}>{ label }</button> }
}

fn name(source: &Source) -> AttrValue {
    match source {
        Source::Text(_) => files::PASTED.into(),
        Source::File(file) => file.name().into(),
    }
}

/// One report: the counts, and the first of what is left out.
pub fn report(report: &Report, purpose: Purpose) -> Html {
    let Report {
        accepted,
        repeated,
        signed,
        malformed,
        listed,
    } = report;
    let nothing = accepted + repeated + malformed == 0;
    html! {
        <>
            if !nothing {
                <p>{ text::report(purpose, *accepted, *repeated, *malformed) }</p>
            }
            if *signed > 0 {
                <p>{ files::signed(*signed) }</p>
            }
            if !listed.is_empty() {
                <ul>
                    for piece in listed.iter().take(LISTED) {
                        <li><bdi>{ text::malformed(piece) }</bdi></li>
                    }
                    if *malformed > LISTED {
                        <li>{ text::more_malformed(malformed - LISTED) }</li>
                    }
                </ul>
            }
        </>
    }
}
