//! Texts and files that are read for traits, one after the other.

use shared::formats::pasted::PastedTraits;
use shared::formats::{FileError, Report};
use std::rc::Rc;
use web_sys::File;
use yew::{AttrValue, Reducible};

#[derive(Debug, Clone, PartialEq)]
pub enum TraitSource {
    /// A text that is too long for the field.
    Text(AttrValue),
    File(File),
}

#[derive(Debug, Clone, PartialEq)]
pub enum ParseOutcome {
    Parsed(ParsedTraits),
    /// Nothing in the source can be parsed.
    Refused(FileError),
    /// The source could not be read now.
    Failed,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ParsedTraits {
    /// Traits that neither the collection nor an earlier source has.
    pub new: Vec<String>,
    pub report: Report,
}

impl From<PastedTraits> for ParsedTraits {
    fn from(PastedTraits { new, report }: PastedTraits) -> Self {
        Self { new, report }
    }
}

/// The sources, and the outcomes of the first of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TraitSources {
    pub sources: Vec<TraitSource>,
    pub outcomes: Vec<Rc<ParseOutcome>>,
}

#[derive(Debug)]
pub enum TraitSourcesAction {
    Add(Vec<TraitSource>),
    /// The current source was read.
    Finish(ParseOutcome),
    /// Removes the sources that have not been read yet.
    Cancel,
    /// Reads the sources that failed again.
    Retry,
    Clear,
}

impl TraitSources {
    /// The source that is being read.
    pub fn current(&self) -> Option<&TraitSource> {
        self.sources.get(self.outcomes.len())
    }

    /// The new traits of each source, in the order of the sources.
    pub fn new_traits(&self) -> impl Iterator<Item = &Vec<String>> {
        self.outcomes.iter().filter_map(|outcome| match &**outcome {
            ParseOutcome::Parsed(parsed) => Some(&parsed.new),
            _ => None,
        })
    }
}

impl Reducible for TraitSources {
    type Action = TraitSourcesAction;

    fn reduce(self: Rc<Self>, action: TraitSourcesAction) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match action {
            TraitSourcesAction::Add(sources) => next.sources.extend(sources),
            TraitSourcesAction::Finish(outcome) => next.outcomes.push(Rc::new(outcome)),
            TraitSourcesAction::Cancel => next.sources.truncate(next.outcomes.len()),
            TraitSourcesAction::Retry => {
                // The sources after a failed one were parsed without it, so they are read again as
                // well.
                let mut outcomes = next.outcomes.iter();
                if let Some(failed) = outcomes.position(|it| **it == ParseOutcome::Failed) {
                    next.outcomes.truncate(failed);
                }
            }
            TraitSourcesAction::Clear => next = Self::default(),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finish(new: &[&str]) -> TraitSourcesAction {
        TraitSourcesAction::Finish(ParseOutcome::Parsed(ParsedTraits {
            new: new.iter().map(ToString::to_string).collect(),
            report: Report::default(),
        }))
    }

    #[test]
    fn sources_are_read_in_order_and_failed_ones_are_read_again() {
        let text = |text: &'static str| TraitSource::Text(text.into());
        let mut state = Rc::new(TraitSources::default());
        let mut after = |action| {
            state = state.clone().reduce(action);
            state.clone()
        };
        after(TraitSourcesAction::Add(vec![text("a"), text("b")]));
        let next = after(finish(&["a:D"]));
        assert_eq!(next.current(), Some(&text("b")));
        after(TraitSourcesAction::Finish(ParseOutcome::Failed));
        after(TraitSourcesAction::Add(vec![text("c")]));
        let next = after(finish(&["c:D"]));
        assert_eq!((next.current(), next.new_traits().count()), (None, 2));
        let next = after(TraitSourcesAction::Retry);
        assert_eq!(next.current(), Some(&text("b")));
        let next = after(TraitSourcesAction::Cancel);
        assert_eq!((next.current(), next.outcomes.len()), (None, 1));
        assert_eq!(*after(TraitSourcesAction::Clear), TraitSources::default());
    }
}
