//! A habit that this browser remembers.

use super::light::{UseStateSetter, use_state};
use crate::browser::preference;

use yew::prelude::*;

/// Whether a habit was taken up, and the way to change that.
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// Whether it was.
    pub on: bool,
    name: &'static str,
    changed: UseStateSetter<bool>,
}

impl Preference {
    /// Takes it up or leaves it.
    pub fn set(&self, on: bool) {
        preference::set(self.name, on);
        self.changed.set(on);
    }
}

/// The habit of this name.
#[hook]
pub fn use_preference(name: &'static str) -> Preference {
    let on = use_state(|| preference::is_on(name));
    Preference {
        on: *on,
        name,
        changed: on.setter(),
    }
}
