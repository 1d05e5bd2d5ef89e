//! Values that the address of the page keeps, so that they are there again when the user comes
//! back to the page.

use super::use_location;
use crate::browser::address::{query_parameter, set_query_parameter};
use yew::prelude::*;

/// The value of a parameter in the query of the address, which is empty if there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryParameter {
    name: &'static str,
    value: UseStateHandle<String>,
}

impl QueryParameter {
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Changes the address without a new entry in the history.
    pub fn set(&self, value: &str) {
        set_query_parameter(self.name, value);
        self.value.set(value.to_owned());
    }
}

/// Returns the value in the address, and follows the address when the user goes back.
#[hook]
pub fn use_query_parameter(name: &'static str) -> QueryParameter {
    let value = use_state_eq(|| query_parameter(name));
    let (setter, location) = (value.setter(), use_location());
    use_effect_with(location, move |_| setter.set(query_parameter(name)));
    QueryParameter { name, value }
}
