//! A preference that this browser remembers.

use crate::browser::preference;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    pub on: bool,
    name: &'static str,
    setter: UseStateSetter<bool>,
}

impl Preference {
    pub fn set(&self, on: bool) {
        preference::set(self.name, on);
        self.setter.set(on);
    }
}

#[hook]
pub fn use_preference(name: &'static str) -> Preference {
    let on = use_state(|| preference::is_on(name));
    Preference {
        on: *on,
        name,
        setter: on.setter(),
    }
}
