//! Code that is loaded apart from the page, when it is needed for the first time.
//!
//! The page's module holds what the first look needs: the list, the sign-in, the frame. The rest is compiled with it, but is cut
//! off into modules of its own, one a [`Part`], which share its memory. [`load`] fetches one; [`loaded`] answers at once whether it is
//! there. [`components::later`](crate::components::later) draws what is in a part, or that it is being loaded or cannot be.
//!
//! - [`mod@parts`]: what is in which part
//!
//! The cut is made when the page is built, by `cargo xtask page`. Without it (in tests, and when trunk is called by hand) all is
//! one module, and a part is there as soon as somebody asks for it.

mod parts;

use crate::components::collection_list::row::Row;
use crate::components::new_collection::Keep;
use crate::hooks::TransferSource;
use crate::pages::collections::selected::SelectedActionsProps;
use std::cell::Cell;
use std::rc::Rc;
use thiserror::Error;
use uuid::Uuid;
use yew::prelude::*;

/// What is loaded at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The page of a collection.
    Collection,
    /// Transfers: their review, result and record.
    Transfer,
    /// Several at once: what is done with selected collections; files, sets and copies.
    Together,
}

/// What can be drawn by a [`Part`].
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// The page of a collection of the account.
    AccountCollection(Uuid),
    /// The page of a collection of this browser.
    LocalCollection(String),
    /// The review of a transfer.
    Review(TransferSource),
    /// Past transfers.
    Activity,
    /// What can be done with the selected collections of the list.
    Selected(SelectedActionsProps),
    /// A dialog, and what happens when it is left.
    Dialog(Asked, Callback<()>),
}

/// A dialog over the list or a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Collections from a file, and where they can be kept: the usual place first; not empty.
    Import(&'static [Keep]),
    /// A file with these.
    Export(Rc<[Row]>),
    /// A new collection made of others.
    Combine {
        /// The others.
        rows: Rc<[Row]>,
        /// Where the new one can be kept, the usual place first; not empty.
        places: &'static [Keep],
        /// Whether all of the others are meant.
        are_selected: bool,
    },
    /// Traits into another collection.
    Copy {
        /// The traits.
        members: Rc<Vec<String>>,
        /// Id of the collection that they are in, which is no target.
        from: AttrValue,
    },
}

impl Wanted {
    /// Where it is.
    pub fn part(&self) -> Part {
        match self {
            Self::AccountCollection(_) | Self::LocalCollection(_) => Part::Collection,
            Self::Review(_) | Self::Activity => Part::Transfer,
            Self::Selected(_) | Self::Dialog(..) => Part::Together,
        }
    }
}

/// Draws what is in one part, and nothing for what is in another.
pub type Draw = fn(&Wanted) -> Html;

/// The part could not be fetched: the network is gone, or the server has another version of the page by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a part of the page cannot be loaded")]
pub struct CannotLoad;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for CannotLoad {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        // What happened stands in the browser's console.
        Self
    }
}

thread_local! {
    static COLLECTION: Cell<Option<Draw>> = const { Cell::new(None) };
    static TRANSFER: Cell<Option<Draw>> = const { Cell::new(None) };
    static TOGETHER: Cell<Option<Draw>> = const { Cell::new(None) };
}

fn place(part: Part) -> &'static std::thread::LocalKey<Cell<Option<Draw>>> {
    match part {
        Part::Collection => &COLLECTION,
        Part::Transfer => &TRANSFER,
        Part::Together => &TOGETHER,
    }
}

/// The part, if it is there.
pub fn loaded(part: Part) -> Option<Draw> {
    place(part).get()
}

/// Fetches the part, once: afterwards it stays.
///
/// # Errors
/// [`CannotLoad`]; it can be tried again.
pub async fn load(part: Part) -> Result<Draw, CannotLoad> {
    let draw = match part {
        Part::Collection => parts::collection().await,
        Part::Transfer => parts::transfer().await,
        Part::Together => parts::together().await,
    }?;
    place(part).set(Some(draw));
    Ok(draw)
}
