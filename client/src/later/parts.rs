//! What is in which part. Only the functions marked here lead from the page into a part: what nothing else uses is in it, what
//! several parts use is in a module that is loaded with each of them.

use super::{Asked, CannotLoad, Draw, Wanted};
use crate::components::export::ExportDialog;
use crate::components::import_file::ImportDialog;
use crate::components::set_operations::SetOperations;
use crate::pages::activity::activity_page;
use crate::pages::collection::account::account_collection_page;
use crate::pages::collection::copying::CopyTraits;
use crate::pages::collection::local::LocalCollectionPage;
use crate::pages::collections::selected::SelectedActions;
use crate::pages::review::review_page;
use yew::prelude::*;

fn draw_collection(wanted: &Wanted) -> Html {
    match wanted {
        Wanted::AccountCollection(id) => account_collection_page(*id),
        Wanted::LocalCollection(id) => {
            html! { <LocalCollectionPage key={id.clone()} id={id.clone()} /> }
        }
        _ => Html::default(),
    }
}

fn draw_transfer(wanted: &Wanted) -> Html {
    match wanted {
        Wanted::Review(source) => review_page(*source),
        Wanted::Activity => activity_page(),
        _ => Html::default(),
    }
}

fn draw_together(wanted: &Wanted) -> Html {
    let (asked, on_close) = match wanted {
        Wanted::Selected(props) => return html! { <SelectedActions ..props.clone() /> },
        Wanted::Dialog(asked, on_close) => (asked, on_close),
        _ => return Html::default(),
    };
    let on_close = on_close.clone();
    match asked.clone() {
        Asked::Import(places) => html! { <ImportDialog {places} {on_close} /> },
        Asked::Export(rows) => html! { <ExportDialog {rows} {on_close} /> },
        Asked::Combine {
            rows,
            places,
            are_selected,
        } => html! { <SetOperations {rows} {places} {are_selected} {on_close} /> },
        Asked::Copy { members, from } => html! { <CopyTraits {members} {from} {on_close} /> },
    }
}

/// Declares a function that loads a part, and answers what draws it.
macro_rules! part {
    ($name:ident, $draw:path) => {
        #[cfg(split)]
        #[wasm_split_helpers::wasm_split($name, fallible)]
        pub(super) fn $name() -> Result<Draw, CannotLoad> {
            Ok($draw)
        }

        #[cfg(not(split))]
        #[allow(
            clippy::unused_async,
            reason = "so that it is used as when it is split"
        )]
        pub(super) async fn $name() -> Result<Draw, CannotLoad> {
            Ok($draw)
        }
    };
}

part!(collection, draw_collection);
part!(transfer, draw_transfer);
part!(together, draw_together);
