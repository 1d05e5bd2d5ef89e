//! The dialogs that are loaded lazily, with the data each of them needs.

use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::{copy, files, set_operations};
use std::rc::Rc;
use yew::AttrValue;

#[derive(Debug, Clone, PartialEq)]
pub enum DialogKind {
    /// Imports collections from a file into one of these destinations: the default first; not
    /// empty.
    Import(&'static [Destination]),
    Export(Rc<[CollectionRow]>),
    /// Makes a new collection from others by a set operation.
    Combine {
        rows: Rc<[CollectionRow]>,
        /// Where the new collection can be saved: the default first; not empty.
        destinations: &'static [Destination],
        /// Whether the user selected the rows: then all of them take part at first.
        are_selected: bool,
    },
    /// Copies traits into another collection.
    Copy {
        members: Rc<Vec<String>>,
        /// The collection that holds the traits, which is not offered as target.
        source_id: AttrValue,
    },
}

impl DialogKind {
    pub fn title(&self) -> String {
        match self {
            Self::Import(_) => files::IMPORT.to_owned(),
            Self::Export(rows) => files::export_title(rows.len()),
            Self::Combine { .. } => set_operations::TITLE.to_owned(),
            Self::Copy { members, .. } => copy::dialog_title(members.len()),
        }
    }
}
