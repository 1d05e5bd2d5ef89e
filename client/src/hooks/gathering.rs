//! Traits that are about to be added: typed, pasted, or from files. What is long is read beside the page.

use crate::browser::task::Task;
use crate::browser::worker::{CannotWork, ask};
use crate::hooks::light::{UseStateSetter, use_effect_with, use_state};
use crate::state::gathering::{Brought, GatherAction, Gathered, Outcome, Source};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use shared::formats::detect::MAX_BYTES;
use shared::formats::pasted::{Pasted, Reader};
use shared::formats::{Reading, Refused};
use std::collections::HashSet;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use worker::{Answer, Job};
use yew::prelude::*;

/// A text of more bytes than this is not kept in the field: a browser lays out every letter of it anew with each change.
const LONG: usize = 20_000;

/// How many lines the page reads at a time where there is no worker.
const AT_A_TIME: usize = 1_000;

/// What is about to be added, and the ways to bring more.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathering {
    /// What stands in the field.
    pub written: AttrValue,
    /// What that says, given what the collection has and what was brought.
    pub typed: Rc<Pasted>,
    /// What was brought besides.
    pub gathered: Rc<Gathered>,
    write: UseStateSetter<AttrValue>,
    dispatch: UseReducerDispatcher<Gathered>,
}

impl Gathering {
    /// How many traits are new.
    pub fn count(&self) -> usize {
        let brought: usize = self.gathered.new_traits().map(<[String]>::len).sum();
        brought + self.typed.new.len()
    }

    /// The traits that are new.
    pub fn all(&self) -> Vec<String> {
        let brought = self.gathered.new_traits();
        brought
            .chain([&*self.typed.new])
            .flatten()
            .cloned()
            .collect()
    }

    /// Whether something is being read.
    pub fn is_reading(&self) -> bool {
        self.gathered.current().is_some()
    }

    /// Takes what stands in the field now. A long text is moved out of it, and read as what was brought.
    pub fn write(&self, text: String) {
        if text.len() > LONG {
            self.bring(vec![Source::Text(text.into())]);
            self.write.set(AttrValue::default());
        } else {
            self.write.set(text.into());
        }
    }

    /// Takes a text before it gets into the field, if it is too long for that.
    pub fn paste(&self, text: String) -> bool {
        let is_long = text.len() > LONG;
        if is_long {
            self.bring(vec![Source::Text(text.into())]);
        }
        is_long
    }

    /// Takes more to read.
    pub fn bring(&self, sources: Vec<Source>) {
        self.dispatch.dispatch(GatherAction::Bring(sources));
    }

    /// Gives up what has not been read, reads again what could not be read, or gives up all that was brought.
    pub fn act(&self, action: GatherAction) {
        self.dispatch.dispatch(action);
    }

    /// Begins anew.
    pub fn clear(&self) {
        self.write.set(AttrValue::default());
        self.dispatch.dispatch(GatherAction::Clear);
    }
}

/// What is about to be added to a collection with these members.
#[hook]
pub fn use_gathering(members: Rc<[String]>) -> Gathering {
    let written = use_state(AttrValue::default);
    let gathered = use_reducer(Gathered::default);
    let outcomes = gathered.outcomes.clone();
    let typed = use_memo(
        ((*written).clone(), members.clone(), outcomes),
        |(written, members, _)| {
            let mut reader = Reader::default();
            reader.knows(members);
            gathered.new_traits().for_each(|new| reader.knows(new));
            written.lines().for_each(|line| reader.line(line));
            reader.done()
        },
    );
    {
        let state = gathered.clone();
        let at = (gathered.sources.len(), gathered.outcomes.len(), members);
        use_effect_with(at, move |(.., members)| {
            let task = state.current().cloned().map(|source| {
                let known = state.new_traits().chain([&**members]);
                let known: Vec<String> = known.flatten().cloned().collect();
                let dispatch = state.dispatcher();
                Task::spawn(async move {
                    dispatch.dispatch(GatherAction::Done(read(&source, known).await));
                })
            });
            || drop(task)
        });
    }
    Gathering {
        written: (*written).clone(),
        typed,
        gathered: Rc::new(Gathered::clone(&gathered)),
        write: written.setter(),
        dispatch: gathered.dispatcher(),
    }
}

async fn read(source: &Source, known: Vec<String>) -> Outcome {
    match source {
        Source::Text(text) => Outcome::Read(read_text(text, known).await),
        Source::File(file) => match read_file(file).await {
            Ok(Ok(reading)) => Outcome::Read(without(reading, &known)),
            Ok(Err(refused)) => Outcome::Refused(refused),
            Err(CannotWork) => Outcome::Failed,
        },
    }
}

/// What a file holds, or why nothing of it is read.
pub type Found = Result<Result<Reading, Refused>, CannotWork>;

/// What a file holds, read by the worker.
pub async fn read_file(file: &File) -> Found {
    if file.size() > f64::from(MAX_BYTES) {
        return Ok(Err(Refused::TooLarge));
    }
    let content = JsFuture::from(file.array_buffer()).await;
    let job = Job::Read {
        name: file.name(),
        content: Uint8Array::new(&content.map_err(|_| CannotWork)?).to_vec(),
    };
    match ask(&job).await? {
        Answer::Read(outcome) => Ok(outcome),
        _ => Err(CannotWork),
    }
}

/// All collections of a file as one list, without what is there already.
fn without(reading: Reading, known: &[String]) -> Brought {
    let Reading {
        collections,
        mut report,
    } = reading;
    let mut seen: HashSet<&str> = known.iter().map(String::as_str).collect();
    let members = collections.iter().flat_map(|one| &one.members);
    let new: Vec<String> = members
        .filter(|member| seen.insert(member))
        .cloned()
        .collect();
    report.repeated += report.accepted - new.len();
    report.accepted = new.len();
    Brought { new, report }
}

/// Read by the worker, or else here.
async fn read_text(text: &str, members: Vec<String>) -> Brought {
    let job = Job::Paste {
        text: text.to_owned(),
        members,
    };
    let Pasted { new, report } = match (ask(&job).await, job) {
        (Ok(Answer::Pasted(pasted)), _) => pasted,
        (_, Job::Paste { text, members }) => read_here(&text, &members).await,
        (..) => Pasted::default(),
    };
    Brought { new, report }
}

/// Some lines at a time, so that the page can do other things in between.
async fn read_here(text: &str, members: &[String]) -> Pasted {
    let mut reader = Reader::default();
    reader.knows(members);
    for (number, line) in text.lines().enumerate() {
        reader.line(line);
        if number % AT_A_TIME == 0 {
            TimeoutFuture::new(0).await;
        }
    }
    reader.done()
}
