//! Traits that a page of another site submitted to this one.

use crate::browser::submitted_traits;
use crate::state::trait_input::ParsedTraits;
use shared::formats::submitted;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum SubmittedTraits {
    /// Nothing was submitted, or it was used already.
    Absent,
    /// More was submitted than the server accepts.
    TooLarge,
    Present(ParsedTraits),
}

impl SubmittedTraits {
    fn read() -> Self {
        if submitted_traits::are_too_large() {
            return Self::TooLarge;
        }
        let traits = submitted_traits::read().unwrap_or_default();
        if traits.trim().is_empty() {
            return Self::Absent;
        }
        let (new, report) = submitted::read(&traits);
        Self::Present(ParsedTraits { new, report })
    }
}

/// Returns the submitted traits, and the action that removes them from this tab. Until the
/// component is shown again, it keeps what it has read.
#[hook]
pub fn use_submitted_traits() -> (Rc<SubmittedTraits>, fn()) {
    let traits = use_memo((), |()| SubmittedTraits::read());
    (traits, submitted_traits::remove)
}
