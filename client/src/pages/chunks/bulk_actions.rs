//! The chunk with the dialogs of the list and actions on several collections or traits: files,
//! sets, copies, bulk deletion; and the page for submitted traits, which shares its form
//! with the dialog for copies.

use crate::components::export_dialog::ExportDialog;
use crate::components::import_dialog::ImportDialog;
use crate::components::set_operations_dialog::SetOperationsDialog;
use crate::lazy::{Placeholder, lazy_chunk};
use crate::pages::add::AddPage;
use crate::pages::collection::copy_traits_dialog::CopyTraitsDialog;
use crate::pages::collections::selection_actions::{SelectionActions, SelectionActionsProps};
use crate::pages::dialog_kind::DialogKind;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum BulkActionsView {
    /// The page for traits that another page has submitted.
    Add,
    /// The actions for the collections selected in the list.
    Selection(SelectionActionsProps),
    Dialog {
        kind: DialogKind,
        on_close: Callback<()>,
    },
}

lazy_chunk!(bulk_actions, BulkActionsView, render, placeholder);

fn render(view: &BulkActionsView) -> Html {
    match view {
        BulkActionsView::Add => html! { <AddPage /> },
        BulkActionsView::Selection(props) => html! { <SelectionActions ..props.clone() /> },
        BulkActionsView::Dialog { kind, on_close } => dialog(kind.clone(), on_close.clone()),
    }
}

fn dialog(kind: DialogKind, on_close: Callback<()>) -> Html {
    match kind {
        DialogKind::Import(destinations) => html! { <ImportDialog {destinations} {on_close} /> },
        DialogKind::Export(rows) => html! { <ExportDialog {rows} {on_close} /> },
        DialogKind::Combine {
            rows,
            destinations,
            are_selected,
        } => html! { <SetOperationsDialog {rows} {destinations} {are_selected} {on_close} /> },
        DialogKind::Copy { members, source_id } => {
            html! { <CopyTraitsDialog {members} {source_id} {on_close} /> }
        }
    }
}

fn placeholder(view: &BulkActionsView) -> Placeholder {
    match view {
        BulkActionsView::Add => Placeholder::Page,
        BulkActionsView::Selection(_) => Placeholder::Inline,
        BulkActionsView::Dialog { kind, on_close } => Placeholder::Dialog {
            title: kind.title().into(),
            on_close: on_close.clone(),
        },
    }
}
