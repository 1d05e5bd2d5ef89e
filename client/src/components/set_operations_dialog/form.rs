//! The fields for operation, name and destination of the new collection.

use super::diagram::diagram;
use crate::components::dom::input_value;
use crate::components::{MAX_NAME_LENGTH, destination_field, radio_group};
use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::collections::{DESTINATION, NAME};
use crate::text::set_operations as text;
use shared::formats::FileCollection;
use shared::setops::{Operation, Region};
use std::rc::Rc;
use yew::prelude::*;

pub(super) struct CombinationForm {
    pub(super) rows: Rc<[CollectionRow]>,
    pub(super) operation: UseStateHandle<Operation>,
    /// The name, once the user has changed the proposed one.
    pub(super) written_name: UseStateHandle<Option<String>>,
    pub(super) destination: UseStateHandle<Destination>,
}

impl CombinationForm {
    /// Returns everything that the user has chosen.
    pub(super) fn input(&self) -> (Operation, Destination, Option<String>) {
        let name = (*self.written_name).clone();
        (*self.operation, *self.destination, name)
    }

    fn names(&self) -> Vec<&str> {
        self.rows.iter().map(|row| &*row.name).collect()
    }

    fn name(&self) -> String {
        let proposed = || text::proposed_name(*self.operation, &self.names());
        (*self.written_name).clone().unwrap_or_else(proposed)
    }

    /// Returns the new collection without its members.
    pub(super) fn collection(&self) -> FileCollection {
        FileCollection {
            name: self.name().trim().to_owned(),
            note: Some(text::provenance_note(*self.operation, &self.names())),
            ..FileCollection::default()
        }
    }

    pub(super) fn fields(&self, regions: &[Region], destinations: &[Destination]) -> Html {
        let num_sets = self.rows.len();
        let describe = |operation: Operation| {
            let label = text::operation_with_count(operation, operation.count(regions, num_sets));
            (label, text::operation_meaning(operation, num_sets))
        };
        let oninput = {
            let written_name = self.written_name.setter();
            Callback::from(move |event: InputEvent| written_name.set(Some(input_value(&event))))
        };
        html! {
            <>
                { diagram(&self.names(), regions) }
                { radio_group(text::OPERATION, "set-operation", &Operation::ALL, &self.operation, describe) }
                <label class="field">
                    { NAME }
                    <input
                        type="text"
                        dir="auto"
                        autocomplete="off"
                        maxlength={MAX_NAME_LENGTH}
                        value={self.name()}
                        {oninput}
                    />
                </label>
                { destination_field(DESTINATION, destinations, &self.destination) }
            </>
        }
    }
}
