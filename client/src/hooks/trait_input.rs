//! Traits that are about to be added: typed, pasted, or from files. A worker reads long texts and
//! files.

use crate::browser::task::Task;
use crate::browser::worker::{WorkerUnavailable, run};
use crate::state::trait_input::{
    ParseOutcome, ParsedTraits, TraitSource, TraitSources, TraitSourcesAction,
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use shared::formats::detect::MAX_BYTES;
use shared::formats::link::traits_of_links;
use shared::formats::pasted::{PastedTraits, Reader};
use shared::formats::{FileError, ParsedFile, detect};
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use worker::{WorkerJob, WorkerResult};
use yew::prelude::*;

/// The longest text in bytes that stays in the field. A browser lays out the whole text again with
/// each change.
const MAX_FIELD_LENGTH: usize = 20_000;

/// The number of lines that the page parses at once if there is no worker.
const LINES_AT_ONCE: usize = 1_000;

#[derive(Debug, Clone, PartialEq)]
pub struct TraitInput {
    /// The text in the field.
    pub text: AttrValue,
    /// The traits in the field, without those that the collection or a source has.
    pub typed: Rc<PastedTraits>,
    /// The other texts, and the files.
    pub sources: Rc<TraitSources>,
    set_text: UseStateSetter<AttrValue>,
    dispatch: UseReducerDispatcher<TraitSources>,
}

impl TraitInput {
    pub fn count_new_traits(&self) -> usize {
        let from_sources: usize = self.sources.new_traits().map(Vec::len).sum();
        from_sources + self.typed.new.len()
    }

    pub fn new_traits(&self) -> Vec<String> {
        let from_sources = self.sources.new_traits().flatten();
        from_sources.chain(&self.typed.new).cloned().collect()
    }

    pub fn is_reading(&self) -> bool {
        self.sources.current().is_some()
    }

    /// Sets the text of the field. A long text moves to the sources.
    pub fn set_text(&self, text: String) {
        let is_long = self.paste(&text);
        self.set_text.set(if is_long {
            AttrValue::default()
        } else {
            text.into()
        });
    }

    /// Adds a pasted text to the sources if it is too long for the field or only the worker can
    /// read its format, and returns whether it did.
    pub fn paste(&self, text: &str) -> bool {
        let is_source = text.len() > MAX_FIELD_LENGTH || detect::is_structured(text);
        if is_source {
            self.add_sources(vec![TraitSource::Text(text.to_owned().into())]);
        }
        is_source
    }

    /// Adds the traits to which the links of a pasted web page lead, and returns whether there are
    /// any. The visible text of GN2's tables does not identify them.
    pub fn paste_page(&self, html: &str) -> bool {
        let traits = traits_of_links(html);
        let has_traits = !traits.is_empty();
        if has_traits {
            let text = traits.join("\n");
            self.add_sources(vec![TraitSource::Text(text.into())]);
        }
        has_traits
    }

    pub fn add_sources(&self, sources: Vec<TraitSource>) {
        self.dispatch(TraitSourcesAction::Add(sources));
    }

    pub fn dispatch(&self, action: TraitSourcesAction) {
        self.dispatch.dispatch(action);
    }

    pub fn clear(&self) {
        self.set_text.set(AttrValue::default());
        self.dispatch(TraitSourcesAction::Clear);
    }
}

/// Reads the traits to add to a collection with these members.
#[hook]
pub fn use_trait_input(members: Rc<[String]>) -> TraitInput {
    let text = use_state(AttrValue::default);
    let sources = use_reducer(TraitSources::default);
    let typed = use_memo(
        ((*text).clone(), members.clone(), sources.outcomes.clone()),
        |(text, members, _)| {
            let mut reader = Reader::default();
            reader.knows(members);
            sources.new_traits().for_each(|new| reader.knows(new));
            text.lines().for_each(|line| reader.line(line));
            reader.done()
        },
    );
    {
        let sources = sources.clone();
        let deps = (sources.sources.len(), sources.outcomes.len(), members);
        use_effect_with(deps, move |(.., members)| {
            let task = sources.current().cloned().map(|source| {
                let known = sources.new_traits().flatten().chain(&**members);
                let known: Vec<String> = known.cloned().collect();
                let dispatch = sources.dispatcher();
                Task::spawn(async move {
                    let outcome = read(&source, known).await;
                    dispatch.dispatch(TraitSourcesAction::Finish(outcome));
                })
            });
            || drop(task)
        });
    }
    TraitInput {
        text: (*text).clone(),
        typed,
        sources: Rc::new(TraitSources::clone(&sources)),
        set_text: text.setter(),
        dispatch: sources.dispatcher(),
    }
}

async fn read(source: &TraitSource, known: Vec<String>) -> ParseOutcome {
    match source {
        TraitSource::Text(text) => ParseOutcome::Parsed(read_text(text, known).await),
        TraitSource::File(file) => match read_file(file).await {
            Ok(Ok(reading)) => ParseOutcome::Parsed(reading.merge(&known).into()),
            Ok(Err(refused)) => ParseOutcome::Refused(refused),
            Err(WorkerUnavailable) => ParseOutcome::Failed,
        },
    }
}

/// The content of a file, or the reason why it was not parsed.
pub type FileReading = Result<Result<ParsedFile, FileError>, WorkerUnavailable>;

/// Reads a file in the worker.
pub async fn read_file(file: &File) -> FileReading {
    if file.size() > f64::from(MAX_BYTES) {
        return Ok(Err(FileError::TooLarge));
    }
    let content = JsFuture::from(file.array_buffer()).await;
    let job = WorkerJob::Read {
        name: file.name(),
        dataset: String::new(),
        content: Uint8Array::new(&content.map_err(|_| WorkerUnavailable)?).to_vec(),
    };
    match run(&job).await? {
        WorkerResult::Read(result) => Ok(result),
        _ => Err(WorkerUnavailable),
    }
}

/// Parses a text in the worker, or in the page if the worker cannot be loaded.
async fn read_text(text: &str, known: Vec<String>) -> ParsedTraits {
    let job = WorkerJob::Paste {
        text: text.to_owned(),
        members: known,
        dataset: String::new(),
    };
    let pasted = match (run(&job).await, job) {
        (Ok(WorkerResult::Pasted(pasted)), _) => pasted,
        (_, WorkerJob::Paste { text, members, .. }) => parse_in_page(&text, &members).await,
        (..) => PastedTraits::default(),
    };
    pasted.into()
}

/// Parses some lines at a time, so that the page can do other things in between.
async fn parse_in_page(text: &str, known: &[String]) -> PastedTraits {
    let mut reader = Reader::default();
    reader.knows(known);
    for (number, line) in text.lines().enumerate() {
        reader.line(line);
        if number % LINES_AT_ONCE == 0 {
            TimeoutFuture::new(0).await;
        }
    }
    reader.done()
}
