//! Traits that are about to be added: what people bring besides typing, piece by piece, and what was read of each.

use shared::formats::{Refused, Report};
use std::rc::Rc;
use web_sys::File;
use yew::{AttrValue, Reducible};

/// Something to be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A text that is too long for the field.
    Text(AttrValue),
    /// A file.
    File(File),
}

/// What has become of a source.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was read.
    Read(Brought),
    /// Nothing in it can be read.
    Refused(Refused),
    /// It could not be read now.
    Failed,
}

/// What was read of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// Traits that neither the collection has nor an earlier source brought.
    pub new: Vec<String>,
    /// What became of every piece.
    pub report: Report,
}

/// What was brought. Sources are read in their order, one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gathered {
    /// What there is to read.
    pub sources: Vec<Source>,
    /// What has become of the first of them.
    pub outcomes: Vec<Rc<Outcome>>,
}

/// What can happen to [`Gathered`].
#[derive(Debug)]
pub enum GatherAction {
    /// More to read.
    Bring(Vec<Source>),
    /// The next source has been read, or not.
    Done(Outcome),
    /// What has not been read yet is given up.
    Cancel,
    /// What could not be read is read again.
    Retry,
    /// Everything is given up.
    Clear,
}

impl Gathered {
    /// The source that is being read.
    pub fn current(&self) -> Option<&Source> {
        self.sources.get(self.outcomes.len())
    }

    /// Everything new, in the order of the sources.
    pub fn new_traits(&self) -> impl Iterator<Item = &[String]> {
        self.outcomes.iter().filter_map(|outcome| match &**outcome {
            Outcome::Read(brought) => Some(brought.new.as_slice()),
            _ => None,
        })
    }
}

impl Reducible for Gathered {
    type Action = GatherAction;

    fn reduce(self: Rc<Self>, action: GatherAction) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match action {
            GatherAction::Bring(sources) => next.sources.extend(sources),
            GatherAction::Done(outcome) => next.outcomes.push(Rc::new(outcome)),
            GatherAction::Cancel => next.sources.truncate(next.outcomes.len()),
            GatherAction::Retry => {
                // What came after it was read without it: its turn comes again, too.
                let is_read = |outcome: &Rc<Outcome>| **outcome != Outcome::Failed;
                let read = next.outcomes.iter().position(|one| !is_read(one));
                next.outcomes.truncate(read.unwrap_or(next.outcomes.len()));
            }
            GatherAction::Clear => next = Self::default(),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(new: &[&str]) -> Outcome {
        Outcome::Read(Brought {
            new: new.iter().map(ToString::to_string).collect(),
            report: Report::default(),
        })
    }

    #[test]
    fn sources_are_read_in_their_order_and_what_failed_is_read_again() {
        let text = |text: &'static str| Source::Text(text.into());
        let mut state = Rc::new(Gathered::default());
        let mut after = |action| {
            state = state.clone().reduce(action);
            state.clone()
        };
        after(GatherAction::Bring(vec![text("a"), text("b")]));
        let next = after(GatherAction::Done(brought(&["a:D"])));
        assert_eq!(next.current(), Some(&text("b")));
        after(GatherAction::Done(Outcome::Failed));
        after(GatherAction::Bring(vec![text("c")]));
        let next = after(GatherAction::Done(brought(&["c:D"])));
        assert_eq!((next.current(), next.new_traits().count()), (None, 2));
        let next = after(GatherAction::Retry);
        assert_eq!(next.current(), Some(&text("b")));
        let next = after(GatherAction::Cancel);
        assert_eq!((next.current(), next.outcomes.len()), (None, 1));
        assert_eq!(*after(GatherAction::Clear), Gathered::default());
    }
}
